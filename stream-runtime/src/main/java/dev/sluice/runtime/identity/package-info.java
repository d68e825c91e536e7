/// Which ids belong to one person, kept where all tasks see it.
///
/// Enters: ids, each under the key of the person that it is by itself, and links between them.
/// Leaves: whose an id was at a moment, and which ids a person has.
/// Never: a link that is forgotten, an id in a message, or a change that another writer undoes.
@NullMarked
package dev.sluice.runtime.identity;

import org.jspecify.annotations.NullMarked;
