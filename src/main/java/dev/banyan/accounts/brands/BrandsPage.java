package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.accounts.plans.PackUpgrade;
import dev.banyan.platform.web.gate.Usage;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.Words;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The sub-accounts of a root account. `pack` is empty without an agency permission; then `left` counts
/// the sub-accounts that remain from an earlier plan with one.
@CheckedTemplate(basePath = "accounts")
record BrandsPage(
        PageFrame shell,
        Optional<PackUsage> pack,
        long left,
        PackUpgrade upgrade,
        BrandsFilter filter,
        List<SubAccountCard> rows,
        boolean firstPage,
        boolean owner,
        Optional<String> nextHref)
        implements TemplateInstance {

    /// "Agency-Pro" and "10-pack" as displayed; `packLabel` names all packs.
    record PackUsage(Usage usage, String permissionLabel, String packLabel) {

        public String text() {
            return unlimited() ? Words.count(usage.used(), "brand", "brands") : usage.text() + " brands used";
        }

        public boolean unlimited() {
            return usage.unlimited();
        }

        public boolean full() {
            return usage.full();
        }

        /// Returns true if there are more than the packs hold, after packs were removed.
        public boolean over() {
            return !usage.allowed().fits(usage.used());
        }

        public boolean none() {
            return usage.allowed().isZero();
        }
    }
}
