package dev.sluice.cli;

import dev.sluice.fleet.FleetEndpoints;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

/// `sluice quality`: what is unusual about the events of the last hour.
@Command(
        name = "quality",
        description = {
            "What is unusual about the events of the last hour beside the same hour of earlier days:",
            "refusals, new types, volume, missing fields; each with the owner in its contract. Counted",
            "every ten minutes by the warehouse's leader. Exits 1 while anything is unusual."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  sluice quality                    what is unusual now",
            "  sluice quality --all              and the last hour of every type",
            "  sluice quality --format json",
        })
final class QualityCommand implements Callable<Integer> {

    private static final String OPEN =
            "SELECT signal, tenant_id AS tenant, source_id AS source, event_type AS type, version,"
                    + " field, opened_ts AS since, owner_team AS owner, owner_contact AS contact,"
                    + " message FROM quality_findings WHERE closed_ts IS NULL ORDER BY opened_ts,"
                    + " tenant_id, event_type, field";

    private static final String HOUR =
            "SELECT tenant_id AS tenant, source_id AS source, event_type AS type, version,"
                    + " SUM(loaded) AS loaded, SUM(rejected) AS rejected, MAX(slot_ts) AS last_slot FROM"
                    + " quality_types WHERE slot_ts > (SELECT DATEADD(hour, -1, MAX(slot_ts)) FROM"
                    + " quality_slots) GROUP BY 1, 2, 3, 4 ORDER BY 1, 3, 2, 4";

    @Spec CommandSpec spec = CommandSpec.create();

    @Mixin DataOption folder = new DataOption();

    @Option(names = "--all", description = "list what was counted in the last hour, too")
    boolean all;

    @Option(names = "--format", defaultValue = "table", description = "table, csv or json")
    TableFormat format = TableFormat.TABLE;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try (Books warehouse = Books.open(FleetEndpoints.readFrom(folder.data))) {
            TableFormat.Rows open = warehouse.query(OPEN);
            format.write(open, out);
            if (all) {
                format.write(warehouse.query(HOUR), out);
            }
            out.flush();
            return open.values().isEmpty() ? 0 : 1;
        }
    }
}
