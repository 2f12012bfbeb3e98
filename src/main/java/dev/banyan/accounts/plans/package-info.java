/// What a plan allows: packs, quotas, prices, grace periods.
///
/// May call the core. Begin with `Plans` and `Quotas`.
@NullMarked
package dev.banyan.accounts.plans;

import org.jspecify.annotations.NullMarked;
