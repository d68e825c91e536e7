/// How much one core takes: `CollectThroughput` is run by hand.
@NullMarked
package dev.sluice.collector.throughput;

import org.jspecify.annotations.NullMarked;
