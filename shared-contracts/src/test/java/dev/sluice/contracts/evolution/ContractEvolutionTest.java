package dev.sluice.contracts.evolution;

import static dev.sluice.contracts.evolution.Versions.field;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.schema.ContractCatalog;

import org.junit.jupiter.api.Test;

class ContractEvolutionTest {

    private static final String PRICE =
            "\"properties\": {" + field("price", "\"minimum\": 0") + "}";
    private static final String DEARER =
            "\"properties\": {" + field("price", "\"minimum\": 1") + "}";

    /// The check of the build: our own contracts keep the rules.
    @Test
    void findsNothingWrongWithTheBundledContracts() {
        assertThat(ContractEvolution.check(ContractCatalog.bundled())).isEmpty();
    }

    @Test
    void refusesAVersionThatUnderstatesItsChange() {
        Versions versions = new Versions().with("1-0-0", PRICE).with("1-1-0", DEARER);

        assertThat(ContractEvolution.check(versions.catalog()))
                .extracting(Problem::toString)
                .containsExactly(
                        "tap/1-1-0: /properties/price minimum is 1, before 0; after 1-0-0 that needs"
                                + " version 2-0-0");
    }

    @Test
    void acceptsAVersionThatSaysSo() {
        assertThat(
                        ContractEvolution.check(
                                new Versions()
                                        .with("1-0-0", PRICE)
                                        .with("2-0-0", DEARER)
                                        .catalog()))
                .isEmpty();
    }

    @Test
    void holdsEachVersionAgainstTheOneBefore() {
        Versions versions =
                new Versions()
                        .with("1-0-0", PRICE)
                        .with("1-0-9", PRICE)
                        .with("1-0-10", DEARER)
                        .with("2-0-0", PRICE);

        assertThat(ContractEvolution.check(versions.catalog()))
                .singleElement()
                .satisfies(
                        problem -> {
                            assertThat(problem.contract()).isEqualTo("tap/1-0-10");
                            assertThat(problem.text()).contains("after 1-0-9");
                        });
    }

    @Test
    void neverLetsPersonalDataBeProtectedLess() {
        String hashed = "\"properties\": {" + field("mail", "").replace("none", "hash") + "}";
        String kept = "\"properties\": {" + field("mail", "") + "}";
        Versions versions =
                new Versions()
                        .with("1-0-0", hashed)
                        .with("2-0-0", "\"properties\": {}")
                        .with("3-0-0", kept.replace("1-0-0", "3-0-0"));

        assertThat(ContractEvolution.check(versions.catalog()))
                .extracting(Problem::toString)
                .containsExactly(
                        "tap/3-0-0: /properties/mail has x-pii none, but hash in 1-0-0; personal data"
                                + " is never protected less");
    }

    @Test
    void refusesAColumnThatMeansTwoThings() {
        String column =
                "\"properties\": {"
                        + field("%s", "\"x-column\": {\"name\": \"weight\", \"type\": \"%s\"}")
                        + "}";
        Versions versions =
                new Versions()
                        .withType("lift", "1-0-0", column.formatted("a", "INTEGER"))
                        .withType("tap", "1-0-0", column.formatted("a", "BIGINT"));

        assertThat(ContractEvolution.check(versions.catalog()))
                .singleElement()
                .satisfies(problem -> assertThat(problem.text()).contains("column weight"));
    }

    @Test
    void holdsATenantsVersionsAgainstItsOwn() {
        Versions versions =
                new Versions()
                        .withType("tenants/other/tap", "1-0-0", PRICE)
                        .withType("tenants/shop/tap", "1-0-0", PRICE)
                        .withType("tenants/shop/tap", "1-1-0", DEARER)
                        .withType("tenants/third/tap", "1-0-0", DEARER);

        assertThat(ContractEvolution.check(versions.catalog()))
                .extracting(Problem::toString)
                .containsExactly(
                        "tenants/shop/tap/1-1-0: /properties/price minimum is 1, before 0; after 1-0-0"
                                + " that needs version 2-0-0");
    }

    @Test
    void refusesAColumnThatMeansTwoThingsToTwoTenants() {
        String column =
                "\"properties\": {"
                        + field("%s", "\"x-column\": {\"name\": \"weight\", \"type\": \"%s\"}")
                        + "}";
        for (String other : new String[] {"INTEGER b", "BIGINT a"}) {
            String[] typeAndField = other.split(" ");
            Versions versions =
                    new Versions()
                            .withType("tenants/a/tap", "1-0-0", column.formatted("a", "INTEGER"))
                            .withType("tenants/b/tap", "1-0-0", column.formatted("a", "INTEGER"))
                            .withType(
                                    "tenants/c/tap",
                                    "1-0-0",
                                    column.formatted(typeAndField[1], typeAndField[0]));

            assertThat(ContractEvolution.check(versions.catalog()))
                    .singleElement()
                    .satisfies(
                            problem ->
                                    assertThat(problem.text())
                                            .startsWith("tenants/c/tap/1-0-0: column weight is")
                                            .endsWith("in tenants/a/tap/1-0-0"));
        }
    }

    @Test
    void wantsAFieldToSayWhenItCame() {
        String both = "\"properties\": {" + field("price", "") + "," + field("tax", "%s", "") + "}";
        Versions versions =
                new Versions()
                        .with("1-0-0", "\"properties\": {" + field("price", "") + "}")
                        .with("1-0-1", both.formatted("1-0-0"));

        assertThat(ContractEvolution.check(versions.catalog()))
                .extracting(Problem::toString)
                .containsExactly("tap/1-0-1: /properties/tax has x-since 1-0-0; write 1-0-1");
        assertThat(
                        ContractEvolution.check(
                                versions.with("1-0-1", both.formatted("1-0-1")).catalog()))
                .isEmpty();
    }
}
