package dev.sluice.benchmarks;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.contracts.schema.UnknownTypes;
import dev.sluice.validator.process.body.BodyParser;
import dev.sluice.validator.process.body.ParsedBody;
import dev.sluice.validator.process.contract.CompiledContracts;
import dev.sluice.validator.process.contract.ContractCheck;
import dev.sluice.validator.process.type.EventTypeNames;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

import java.util.List;
import java.util.concurrent.TimeUnit;

/// Whether an event keeps its contract: by the library alone, and at a glance.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
public class ContractBenchmark {

    private static final TenantId TENANT = new TenantId("shop");

    private final ContractCatalog catalog = ContractCatalog.bundled();
    private final List<Bytes> bodies = SampleBodies.all(catalog);
    private final CompiledContracts contracts = new CompiledContracts(catalog);
    private final EventTypeNames names = new EventTypeNames(contracts::has);
    private final BodyParser parser = new BodyParser();
    private final ContractCheck check = new ContractCheck(() -> contracts, UnknownTypes.QUARANTINE);
    private int at;

    /// A tree, and nothing else.
    @Benchmark
    public Object parse() {
        return parser.parse(next());
    }

    /// A tree, held against its contract by networknt's validator.
    @Benchmark
    public void library(Blackhole sink) {
        if (parser.parse(next()) instanceof ParsedBody.Event body) {
            String type = names.resolve(TENANT, String.valueOf(body.text("event_type")));
            sink.consume(check.check(TENANT, type, body));
            sink.consume(body.facts());
        }
    }

    /// One pass over the tokens.
    @Benchmark
    public Object quick() {
        return contracts.acceptRules().read(TENANT, next(), names).orElseThrow();
    }

    private Bytes next() {
        at = at + 1 == bodies.size() ? 0 : at + 1;
        return bodies.get(at);
    }
}
