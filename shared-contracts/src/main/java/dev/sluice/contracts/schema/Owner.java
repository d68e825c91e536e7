package dev.sluice.contracts.schema;

/// Who answers for a contract; `x-owner`.
///
/// @param team name of the team
/// @param contact address that reaches the team
public record Owner(String team, String contact) {}
