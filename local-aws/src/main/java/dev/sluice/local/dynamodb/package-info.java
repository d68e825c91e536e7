/// Amazon's DynamoDB Local as a library: the real API on loopback, in memory or on a folder.
///
/// Enters: a folder and a port; DynamoDB's JSON protocol over HTTP.
/// Leaves: an endpoint; tables in one SQLite file that outlives the process.
/// Never: usage data to anybody; a connection from another machine.
@NullMarked
package dev.sluice.local.dynamodb;

import org.jspecify.annotations.NullMarked;
