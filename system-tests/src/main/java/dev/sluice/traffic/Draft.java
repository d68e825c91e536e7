package dev.sluice.traffic;

import tools.jackson.databind.node.ObjectNode;

/// An event before it has a time, an id and a device.
///
/// @param page where it happened
/// @param landing whether the context names the campaign and the page the visitor came from
record Draft(String eventType, Page page, boolean landing, ObjectNode properties) {}
