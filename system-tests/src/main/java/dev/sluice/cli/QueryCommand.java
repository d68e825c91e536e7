package dev.sluice.cli;

import dev.sluice.fleet.FleetEndpoints;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.concurrent.Callable;

/// `sluice query`: SQL on a running fleet's warehouse.
@Command(
        name = "query",
        description = "Runs SQL on the warehouse of a running fleet.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  sluice query \"SELECT event_type, COUNT(*) FROM events GROUP BY 1 ORDER BY 2 DESC\"",
            "  sluice query \"SELECT * FROM chatbot_events LIMIT 5\" --format json",
        })
final class QueryCommand implements Callable<Integer> {

    @Spec CommandSpec spec = CommandSpec.create();

    @Mixin DataOption folder = new DataOption();

    @Parameters(paramLabel = "SQL", description = "one statement, in Redshift's dialect")
    String sql = "";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, csv or json (default: ${DEFAULT-VALUE})")
    TableFormat format = TableFormat.TABLE;

    @Override
    public Integer call() throws Exception {
        FleetEndpoints fleet = FleetEndpoints.readFrom(folder.data);
        PrintWriter out = spec.commandLine().getOut();
        try (Connection connection =
                        DriverManager.getConnection(
                                fleet.jdbcUrl(), fleet.jdbcUser(), fleet.jdbcPassword());
                Statement statement = connection.createStatement()) {
            if (statement.execute(sql)) {
                try (ResultSet result = statement.getResultSet()) {
                    format.write(TableFormat.Rows.of(result), out);
                }
            } else {
                out.println(statement.getUpdateCount() + " rows changed");
            }
        }
        out.flush();
        return 0;
    }
}
