/// What brought a visitor.
///
/// Enters: the page's address, its referrer, a campaign; lists of referrers and rules.
/// Leaves: channel, source, medium, campaign, kind of click id, search term.
/// Never: the value of a click id, which belongs to a person.
@NullMarked
package dev.sluice.enricher.process.traffic;

import org.jspecify.annotations.NullMarked;
