package dev.sluice.local;

import dev.sluice.local.host.QuietLogging;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/// Runs [LocalAws] from the command line until it is interrupted.
@Command(
        name = "local-aws",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false,
        description = {
            "Runs AWS's services on this machine, on 127.0.0.1, until Ctrl-C.",
            "Prints what clients need as shell variables, one on a line, when all of them answer.",
            "What was acknowledged is still there at the next start on the same folder."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  local-aws",
            "  local-aws --data /tmp/aws --services dynamodb,s3",
            "  local-aws --ports kinesis=4567,s3=9000      (the others take a free port)",
            "  curl -X PUT $SLUICE_LOCAL_AWS_ADMIN/faults/s3 -d '{\"rules\":[{\"action\":\"fail\"}]}'",
            "  curl $SLUICE_LOCAL_AWS_ADMIN/faults",
            "  local-aws > aws.env & sleep 10; set -a; . ./aws.env; aws s3 ls"
        })
public final class LocalAwsMain implements Callable<Integer> {
    @Option(names = "--data", paramLabel = "FOLDER", description = "Keeps everything.")
    private Path data = Path.of(".sluice", "local-aws");

    @Option(
            names = "--services",
            split = ",",
            paramLabel = "NAME",
            description = "Starts only these of: ${COMPLETION-CANDIDATES}. All by default.",
            showDefaultValue = CommandLine.Help.Visibility.NEVER)
    private Set<LocalService> services = ServiceStarter.known();

    @Option(
            names = "--ports",
            split = ",",
            paramLabel = "NAME=PORT",
            description =
                    "Ports of services. By default kinesis=4567,dynamodb=8000,s3=9000,redshift=5439,"
                            + "eventbridge=4570; given some, the others take a free one.",
            showDefaultValue = CommandLine.Help.Visibility.NEVER)
    private Map<LocalService, Integer> ports = defaultPorts();

    @Option(
            names = "--admin-port",
            paramLabel = "PORT",
            description = "Port of the endpoint for faults; 0 takes a free one.")
    private int adminPort;

    @Option(names = "--bucket", paramLabel = "NAME", description = "Exists in S3.")
    private String bucket = "sluice";

    @Spec private CommandSpec command = CommandSpec.create();

    private LocalAwsMain() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new LocalAwsMain())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(LocalAwsMain::explain);
    }

    @Override
    public Integer call() throws InterruptedException {
        // standard output is for the variables
        QuietLogging.warningsOnly("dev.sluice.local", "software.amazon.awssdk", "org.apache");
        var aws = LocalAws.start(new LocalAwsConfig(data, services, ports, adminPort, bucket));
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(aws::close));
        PrintWriter out = command.commandLine().getOut();
        aws.endpoints().environment().forEach((name, value) -> out.println(name + "=" + value));
        out.flush();
        new CountDownLatch(1).await();
        return CommandLine.ExitCode.OK;
    }

    private static int explain(
            Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        var reasons = new StringBuilder("local-aws: " + failure.getMessage());
        for (var cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            reasons.append(": ").append(cause.getMessage());
        }
        command.getErr().println(reasons);
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static Map<LocalService, Integer> defaultPorts() {
        var defaults = new EnumMap<LocalService, Integer>(LocalService.class);
        defaults.put(LocalService.KINESIS, 4567);
        defaults.put(LocalService.DYNAMODB, 8000);
        defaults.put(LocalService.S3, 9000);
        defaults.put(LocalService.REDSHIFT, 5439);
        defaults.put(LocalService.EVENTBRIDGE, 4570);
        return defaults;
    }
}
