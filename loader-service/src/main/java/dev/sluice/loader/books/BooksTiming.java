package dev.sluice.loader.books;

import java.time.Duration;

/// When the books are copied and looked at.
///
/// @param copyInterval between two copies of pages
/// @param overlap a copy asks for pages from this long before the last one began: what clocks may
///     differ, and a page may take to be stored
/// @param history how far back the first copy asks, and one after a longer outage
/// @param checkInterval between two looks whether they balance
/// @param settle events have so long to arrive before their minute must balance
/// @param lookback minutes older than this are not looked at any more
/// @param retention after which the rows of a minute are deleted from the warehouse's books
public record BooksTiming(
        Duration copyInterval,
        Duration overlap,
        Duration history,
        Duration checkInterval,
        Duration settle,
        Duration lookback,
        Duration retention) {}
