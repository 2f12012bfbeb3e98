package dev.banyan.accounts.context;

import module java.base;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// "Pages or brands?": what each is for, and the agency seed's comparison of the two.
@CheckedTemplate(basePath = "accounts")
record HelpPage(PageFrame shell, String publicHost, List<Difference> differences) implements TemplateInstance {

    /// One line of the comparison: several pages versus several accounts.
    record Difference(String feature, String pages, String accounts) {}

    /// The rows of the seed's table, in its words.
    static final List<Difference> DIFFERENCES = List.of(
            new Difference("User Authentication", "Single user account", "Parent + multiple sub-accounts"),
            new Difference("Public URL", "/username/slug", "/sub-account-username"),
            new Difference("Username", "Shared across pages", "Each sub-account has unique username"),
            new Difference("Branding", "Pages share user profile", "Each sub-account can have different profile"),
            new Difference(
                    "Management", "Parent manages their own pages", "Parent manages sub-accounts from Users page"),
            new Difference(
                    "Feature Access", "Based on user's tier", "Each sub-account operates like parent's base tier"),
            new Difference("Login", "User logs in", "Only parent can log in"),
            new Difference("Subscription", "Per user", "Parent pays base tier + sub-account pack"),
            new Difference("Account Type", "Regular account", "Parent has agency permission, children are disabled"));
}
