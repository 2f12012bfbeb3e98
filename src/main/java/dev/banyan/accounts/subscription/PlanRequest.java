package dev.banyan.accounts.subscription;

import module java.base;
import dev.banyan.accounts.Plan;
import dev.banyan.accounts.plans.BillingCycle;
import dev.banyan.platform.AccountId;

/// A request for a plan.
///
/// @param keep which sub-accounts stay if there is no room for all; empty means those chosen before, then the oldest
public record PlanRequest(Plan plan, BillingCycle cycle, Optional<List<AccountId>> keep) {}
