package dev.banyan.whatsapp.connections;

import module java.base;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.history.PortfolioPlaces;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// A gateway: its address and credentials, and what a check has found. A new one has no id.
///
/// @param newChats of its business portfolio, where there is a limit
@CheckedTemplate(basePath = "whatsapp")
record ConnectionPage(
        PageFrame shell,
        Optional<String> id,
        Kind kind,
        Values values,
        FieldErrors errors,
        Optional<Check> check,
        Optional<NewChats> newChats,
        String hook,
        Help help)
        implements TemplateInstance {

    /// How many people a business portfolio has written to first in the last 24 hours.
    record NewChats(long reached, long limit, String text) {

        static NewChats of(PortfolioPlaces.Left left) {
            return new NewChats(
                    left.reached(),
                    left.most(),
                    String.format(Locale.ENGLISH, "%,d of %,d", left.reached(), left.most()));
        }
    }

    /// What is said below secrets.
    record Help(String secret, String verify) {

        static final Help NEW = new Help(
                "Stored sealed, and never shown again.",
                "Made up for you. Copy it now: you’ll enter it at Meta together with the webhook address.");
        static final Help KNOWN = new Help(
                "Leave empty to keep the stored one. It is never shown.", "Leave empty to keep the stored one.");
    }

    /// @param help where to find what is asked for
    record Kind(String key, String title, boolean isCloud, String example, String help) {

        static Kind of(DriverKind kind) {
            return new Kind(
                    kind.key(), kind.title(), kind.isBusinessPlatform(), kind.profile.example(), kind.profile.help());
        }
    }

    /// The typed values; secrets are never shown again.
    ///
    /// @param typedSecret sealed, if one was typed
    record Values(
            String name,
            String url,
            String wabaId,
            String verifyToken,
            String hookUrl,
            boolean marketingMessages,
            String typedSecret,
            String typedAppSecret) {}

    /// @param error why it could not be checked; empty if it could
    record Check(
            String error,
            String version,
            String engine,
            List<String> missing,
            boolean registered,
            List<Found> numbers) {

        public boolean isGood() {
            return error.isEmpty() && missing.isEmpty();
        }

        static Check of(ConnectionCheck.Checked checked) {
            return switch (checked) {
                case ConnectionCheck.Checked.Done done ->
                    new Check(
                            "",
                            done.version().orElse(""),
                            done.engine().orElse(""),
                            done.missing(),
                            done.hookRegistered(),
                            done.numbers().stream().map(Found::of).toList());
                case ConnectionCheck.Checked.Failed failed -> failed(failed.sentence());
                case ConnectionCheck.Checked.NoCredentials _ ->
                    failed("Its credentials can’t be read on this server. Enter them again.");
                case ConnectionCheck.Checked.NotFound _ -> failed("This connection was removed.");
            };
        }

        private static Check failed(String sentence) {
            return new Check(sentence, "", "", List.of(), false, List.of());
        }
    }

    /// A number that the gateway has.
    ///
    /// @param sender its id in Banyan, if it was adopted already
    record Found(String remote, String phone, String name, String state, Optional<String> sender) {

        /// Returns what the gateway calls it as part of an address.
        public String encoded() {
            return URLEncoder.encode(remote, StandardCharsets.UTF_8);
        }

        /// Returns its name as part of an address.
        public String encodedName() {
            return URLEncoder.encode(name.isBlank() ? remote : name, StandardCharsets.UTF_8);
        }

        static Found of(ConnectionCheck.Found found) {
            var status = found.number().status();
            return new Found(
                    found.number().remote(),
                    status.phone().map(Object::toString).orElse(""),
                    status.device(),
                    status.state().title(),
                    found.sender().map(sender -> sender.id().value()));
        }
    }
}
