package dev.sluice.cli;

import dev.sluice.fleet.FleetEndpoints;
import dev.sluice.loader.reports.Question;
import dev.sluice.loader.reports.ReportTables;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;

/// `sluice query`: SQL on a running fleet's warehouse.
@Command(
        name = "query",
        description = {
            "Runs SQL on the warehouse of a running fleet, or answers one of the questions that come",
            "with it (--list), showing the SQL that does (on standard error)."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  sluice query \"SELECT event_type, COUNT(*) FROM events GROUP BY 1 ORDER BY 2 DESC\"",
            "  sluice query \"SELECT * FROM chatbot_events LIMIT 5\" --format json",
            "  sluice query --list",
            "  sluice query --question top-products --fresh",
            "  sluice query --question funnel --tenant demo --today 2026-11-21",
        })
final class QueryCommand implements Callable<Integer> {

    @Spec CommandSpec spec = CommandSpec.create();

    @Mixin DataOption folder = new DataOption();

    @Parameters(
            arity = "0..1",
            paramLabel = "SQL",
            defaultValue = "",
            description = "one statement, in Redshift's dialect")
    String sql = "";

    @Option(names = "--list", description = "list the questions")
    boolean list;

    @Option(names = "--question", paramLabel = "NAME", description = "answer a question")
    @Nullable String question;

    @Option(
            names = "--today",
            paramLabel = "DAY",
            description = "ask as of this day, in UTC (default: today)")
    @Nullable LocalDate today;

    @Option(names = "--tenant", paramLabel = "ID", description = "of whose events (default: all)")
    @Nullable String tenant;

    @Option(
            names = "--fresh",
            description = "bring the materialized views up to date before the question")
    boolean fresh;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, csv or json (default: ${DEFAULT-VALUE})")
    TableFormat format = TableFormat.TABLE;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        if (list) {
            for (Question each : Question.values()) {
                out.printf("%-20s %s%n", each.title(), each.meaning());
            }
            out.flush();
            return 0;
        }
        String statement = statement();
        FleetEndpoints fleet = FleetEndpoints.readFrom(folder.data);
        try (Connection connection =
                DriverManager.getConnection(
                        fleet.jdbcUrl(), fleet.jdbcUser(), fleet.jdbcPassword())) {
            run(connection, statement, out);
        }
        out.flush();
        return 0;
    }

    private void run(Connection connection, String sql, PrintWriter out) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (fresh) {
                for (String view : ReportTables.live()) {
                    statement.execute("REFRESH MATERIALIZED VIEW " + view);
                }
            }
            if (statement.execute(sql)) {
                try (ResultSet result = statement.getResultSet()) {
                    format.write(TableFormat.Rows.of(result), out);
                }
            } else {
                out.println(statement.getUpdateCount() + " rows changed");
            }
        }
    }

    private String statement() {
        if (question == null) {
            if (sql.isBlank()) {
                throw wrong("say a statement, --question or --list");
            }
            return sql;
        }
        if (!sql.isBlank()) {
            throw wrong("either a statement or --question");
        }
        Question asked =
                Question.titled(question)
                        .orElseThrow(() -> wrong("no question " + question + "; see --list"));
        LocalDate day = today == null ? LocalDate.now(ZoneOffset.UTC) : today;
        String answer = asked.sql(day, tenant);
        PrintWriter err = spec.commandLine().getErr();
        err.println(answer + ";");
        err.println();
        err.flush();
        return answer;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
