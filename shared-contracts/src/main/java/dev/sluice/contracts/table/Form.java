package dev.sluice.contracts.table;

import org.jspecify.annotations.Nullable;

import java.util.regex.Pattern;

/// The text form of a column type: a name, and up to two numbers in brackets.
final class Form {

    static final Pattern OF_A_TYPE =
            Pattern.compile(
                    "(?<name>[A-Z]+(\\s+[A-Z]+)?)\\s*"
                            + "(\\(\\s*(?<first>\\d{1,5})\\s*(,\\s*(?<second>\\d{1,5})\\s*)?\\))?");

    private Form() {}

    static int number(@Nullable String digits) {
        return digits == null ? -1 : Integer.parseInt(digits);
    }
}
