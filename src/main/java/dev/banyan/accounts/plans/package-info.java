/// What a plan allows: quotas, prices, and what happens to sub-accounts that no longer fit.
///
/// Owns the tables `subscriptions` and `graces`. May call the core.
///
/// What a tenant bought is a `Plan`, how it stands with it a `Subscription`, and what holds at this moment an
/// `EffectivePlan`. Only `Plans` creates one, from plan, status, clock and the server's settings, so a canceled plan
/// ends by the clock alone; a job only writes it down. Everything limited is claimed and released through `Quotas` in
/// the transaction that makes or removes it. `GracePeriods.settle` makes the sub-accounts fit the plan. It runs in
/// every transaction that may have made them not fit, and changes nothing where all is well (docs/decisions/0017).
/// Begin with `Plans` and `Quotas`.
@org.jspecify.annotations.NullMarked
package dev.banyan.accounts.plans;
