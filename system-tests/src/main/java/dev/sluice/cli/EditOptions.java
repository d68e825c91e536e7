package dev.sluice.cli;

import dev.sluice.quarantine.BodyEdit;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.List;

/// How events are mended; each may be given more than once.
final class EditOptions {

    @Spec(Spec.Target.MIXEE)
    CommandSpec command = CommandSpec.create();

    @Option(
            names = "--rename",
            paramLabel = "FROM=TO",
            description = "first moves a value (/properties/amount=/properties/total)")
    List<String> renames = List.of();

    @Option(
            names = "--set",
            paramLabel = "PLACE=VALUE",
            description = "then sets a value: JSON, or else text (/properties/price=12.5)")
    List<String> sets = List.of();

    @Option(names = "--drop", paramLabel = "PLACE", description = "then removes a value")
    List<String> drops = List.of();

    @Option(
            names = "--schema",
            paramLabel = "VERSION",
            description = "holds the events against this version of their contract (1-0-1)")
    List<String> schemas = List.of();

    /// @throws ParameterException saying what is wrong with a change, or that there is none
    BodyEdit edit() {
        BodyEdit edit = new BodyEdit();
        try {
            renames.forEach(edit::rename);
            sets.forEach(edit::set);
            drops.forEach(edit::drop);
            schemas.forEach(edit::schema);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()));
        }
        if (edit.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(),
                    "say what to change: --rename, --set, --drop or --schema");
        }
        return edit;
    }
}
