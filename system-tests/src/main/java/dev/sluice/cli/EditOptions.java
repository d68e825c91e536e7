package dev.sluice.cli;

import dev.sluice.quarantine.BodyEdit;

import picocli.CommandLine.Option;

/// How events are mended; the changes are made in the order in which they are given.
final class EditOptions {

    final BodyEdit edit = new BodyEdit();

    @Option(
            names = "--set",
            paramLabel = "PLACE=VALUE",
            description = "sets a value: JSON, or else text (/properties/price=12.5)")
    void set(String assignment) {
        edit.set(assignment);
    }

    @Option(
            names = "--rename",
            paramLabel = "FROM=TO",
            description = "moves a value (/properties/amount=/properties/total)")
    void rename(String places) {
        edit.rename(places);
    }

    @Option(names = "--drop", paramLabel = "PLACE", description = "removes a value")
    void drop(String place) {
        edit.drop(place);
    }

    @Option(
            names = "--schema",
            paramLabel = "VERSION",
            description = "holds the events against this version of their contract (1-0-1)")
    void schema(String version) {
        edit.schema(version);
    }
}
