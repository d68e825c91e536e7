/// What is personal in a text.
///
/// Enters: texts that people typed, and addresses of pages.
/// Leaves: the places of e-mail addresses, phone numbers and the like, or tokens there.
/// Never: a regular expression, a look beyond a text's own words, or a personal datum in a message.
@NullMarked
package dev.sluice.contracts.pii.text;

import org.jspecify.annotations.NullMarked;
