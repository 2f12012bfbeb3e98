package dev.banyan;

import module java.base;

/// Classes that read packed files while they are made. They are made before the server answers: a virtual thread that
/// makes a class keeps its processor, and the archive's lock may belong to one that waits for a processor. On two, two
/// such requests held up all others for good.
final class EarlyClasses {

    static final List<String> NAMES = List.of(
            "dev.banyan.accounts.context.KeyRights",
            "dev.banyan.accounts.context.RouteEffects",
            "dev.banyan.accounts.signin.CommonPasswords",
            "dev.banyan.analytics.UserAgents",
            "dev.banyan.pages.visitor.PageStyles",
            "dev.banyan.platform.Language",
            "dev.banyan.platform.audit.AuditWords",
            "dev.banyan.platform.sso.SsoPreset",
            "dev.banyan.platform.web.page.Toasts",
            "dev.banyan.shortlinks.VisitorPages",
            "dev.banyan.themes.Lagoon");

    private EarlyClasses() {}

    static void make() {
        for (String name : NAMES) {
            try {
                var _ = Class.forName(name, true, EarlyClasses.class.getClassLoader());
            } catch (ClassNotFoundException gone) {
                throw new IllegalStateException("The build lacks " + name, gone);
            }
        }
    }
}
