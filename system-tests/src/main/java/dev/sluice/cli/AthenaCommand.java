package dev.sluice.cli;

import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.contracts.table.EventsTable;
import dev.sluice.loader.athena.AthenaTables;
import dev.sluice.loader.athena.Question;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;

/// `sluice athena`: the lake for Amazon Athena.
@Command(
        name = "athena",
        description = {
            "What Amazon Athena needs to read the Parquet files of events: its tables and views, and the",
            "questions that the business asks. Nothing is sent to Athena; the texts are printed."
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(ddl | questions | question)",
        footerHeading = "%nExamples:%n",
        footer = {
            "  sluice athena ddl --lake my-lake > events.sql",
            "  sluice athena questions",
            "  sluice athena question top-products",
        })
final class AthenaCommand {

    @Spec CommandSpec spec = CommandSpec.create();

    @Command(
            name = "ddl",
            description = {
                "Prints the statements that make the table and the views, with the columns of the",
                "contracts. Run them one by one, and again after a contract added a column."
            },
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = {
                "  sluice athena ddl --lake my-lake > events.sql",
                "  sluice athena ddl --lake my-lake --contracts my-contracts",
            })
    void ddl(
            @Mixin ContractsOption contracts,
            @Option(
                            names = "--lake",
                            paramLabel = "BUCKET",
                            defaultValue = "sluice-lake",
                            description = "the bucket of the lake (default: ${DEFAULT-VALUE})")
                    String bucket,
            @Option(
                            names = "--days",
                            defaultValue = "400",
                            description =
                                    "back from today that can be asked for (default: ${DEFAULT-VALUE})")
                    int days)
            throws IOException {
        EventsTable table =
                EventsTable.of(ContractCatalog.of(contracts.place(), contracts.files()));
        out().print(new AthenaTables(table, bucket, days).script());
        out().flush();
    }

    @Command(
            name = "questions",
            description = "Lists the questions.",
            mixinStandardHelpOptions = true)
    void questions() {
        for (Question question : Question.values()) {
            out().printf("%-28s  %s%n", question.title(), question.asks());
        }
        out().flush();
    }

    @Command(
            name = "question",
            description = {
                "Prints a query. Its parameters are the first day and the last, in turn, such as",
                "'2026-11-21'."
            },
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = "  sluice athena question latency-by-model")
    void question(@Parameters(paramLabel = "NAME", description = "of a question") String name) {
        Question question =
                Question.named(name)
                        .orElseThrow(
                                () ->
                                        new ParameterException(
                                                spec.commandLine(),
                                                "no question "
                                                        + name
                                                        + "; sluice athena questions lists them"));
        out().print(question.sql());
        out().flush();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
