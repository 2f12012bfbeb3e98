package dev.banyan.accounts.subscription;

import dev.banyan.accounts.Plan;
import dev.banyan.accounts.plans.BillingCycle;
import dev.banyan.platform.AccountId;
import java.util.List;
import java.util.Optional;

/// A plan that somebody asks for.
///
/// @param keep which sub-accounts stay where there is no room for all; empty: those chosen before, then the oldest
public record PlanRequest(Plan plan, BillingCycle cycle, Optional<List<AccountId>> keep) {}
