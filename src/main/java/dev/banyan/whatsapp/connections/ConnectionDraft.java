package dev.banyan.whatsapp.connections;

import module java.base;
import dev.banyan.platform.Digests;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Text;
import dev.banyan.platform.http.OutboundAddress;
import dev.banyan.platform.secrets.SentSecrets;
import dev.banyan.platform.web.json.NoOtherFields;
import dev.banyan.whatsapp.DriverKind;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A connection as someone has entered it. What is empty stays as it is; of a new connection, it is missing.
///
/// @param driver can't be changed later
/// @param hookUrl blank: the default address of this server
/// @param marketingMessages whether marketing templates go over Meta's Marketing Messages API
public record ConnectionDraft(
        Optional<String> name,
        Optional<String> driver,
        Optional<String> url,
        Secrets secrets,
        Optional<String> hookUrl,
        Optional<String> hookSecret,
        Optional<Boolean> marketingMessages) {

    @NoOtherFields
    @Schema(name = "ConnectionCredentials")
    public record Secrets(
            @Schema(description = "Of WAHA and Evolution API")
            Optional<String> apiKey,

            @Schema(description = "The token of a system user of the Cloud API")
            Optional<String> token,

            @Schema(description = "Signs the webhooks of the Cloud API")
            Optional<String> appSecret,

            @Schema(description = "Chosen by you, and repeated by Meta; generated if omitted")
            Optional<String> verifyToken,

            @Schema(description = "The id of the WhatsApp Business Account")
            Optional<String> wabaId) {

        public static final Secrets NONE =
                new Secrets(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        @Override
        public String toString() {
            return "Secrets[secret]";
        }
    }

    /// What a draft comes to.
    ///
    /// @param name as it is stored
    record Checked(
            String name,
            DriverKind driver,
            Optional<URI> url,
            Optional<URI> hook,
            boolean marketingMessages,
            Credentials credentials) {}

    private static final Text NAME = Text.optional("name", "name", 100, false);
    private static final String MISSING = "Missing ";
    private static final int LONGEST_URL = 300;
    private static final int LONGEST_SECRET = 2_000;
    private static final int SHORTEST_HOOK_SECRET = 8;

    static final Invalid DRIVER =
            new Invalid("driver", "driver must be " + DriverKind.choices(), "Choose the kind of gateway.");
    static final Invalid FIXED =
            new Invalid("driver", "driver cannot be changed; add another connection and move its numbers there");

    /// @param before the connection and its credentials, if it exists
    Checked check(Optional<Connection> before, Optional<Credentials> known, List<Invalid> invalid) {
        DriverKind kind = before.map(Connection::driver)
                .or(() -> driver.flatMap(DriverKind::parse))
                .orElseGet(() -> {
                    invalid.add(DRIVER);
                    return DriverKind.SIMULATOR;
                });
        if (before.isPresent()
                && driver.isPresent()
                && !driver.equals(Optional.of(before.get().driver().key()))) {
            invalid.add(FIXED);
        }
        String label = name.map(Text::clean)
                .filter(text -> !text.isEmpty())
                .or(() -> before.map(Connection::name))
                .orElseGet(kind::title);
        name.flatMap(NAME::broken).ifPresent(invalid::add);
        Optional<URI> address = address(kind, before, invalid);
        Optional<String> entered = before.map(Connection::origin)
                .filter(origin ->
                        !origin.equals(address.map(SentSecrets::origin).orElse(kind.key())));
        Optional<URI> hook = hookUrl.isPresent()
                ? hookUrl.map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .flatMap(text -> web("webhook.url", text, invalid))
                : before.flatMap(Connection::hook);
        // A new origin gets nothing that was entered, or made, for the former one.
        Optional<Credentials> kept = known.filter(_ -> entered.isEmpty());
        Optional<Credentials> keptForHook =
                kept.filter(_ -> before.filter(old -> old.sendsTo(hook)).isPresent());
        var credentials = new Credentials(access(kind, kept, invalid), hookSecret(keptForHook, invalid));
        entered.ifPresent(origin -> invalid.replaceAll(one -> again(one, origin)));
        return new Checked(label, kind, address, hook, marketing(kind, before, invalid), credentials);
    }

    private boolean marketing(DriverKind kind, Optional<Connection> before, List<Invalid> invalid) {
        boolean wanted = marketingMessages
                .or(() -> before.map(Connection::marketingMessages))
                .orElse(false);
        if (wanted && !kind.isBusinessPlatform()) {
            invalid.add(new Invalid("marketingMessages", "marketingMessages is offered by the Cloud API only"));
        }
        return wanted;
    }

    private static Invalid again(Invalid missing, String origin) {
        return missing.apiMessage().equals(MISSING + missing.field())
                ? new Invalid(
                        missing.field(),
                        missing.field() + " is required again: it was entered for " + origin,
                        "Enter it again: it was entered for " + origin + ".")
                : missing;
    }

    private Optional<URI> address(DriverKind kind, Optional<Connection> before, List<Invalid> invalid) {
        Optional<String> typed = url.map(String::strip).filter(text -> !text.isEmpty());
        if (typed.isPresent()) {
            return web("url", typed.get(), invalid);
        }
        Optional<URI> known = url.isPresent() ? Optional.empty() : before.flatMap(Connection::url);
        if (known.isEmpty() && kind.isLinkedByCode()) {
            invalid.add(new Invalid(
                    "url", "Missing url", "Enter the address of the gateway, such as http://localhost:3000."));
        }
        return known;
    }

    private static Optional<URI> web(String field, String typed, List<Invalid> invalid) {
        String plain = typed.replaceAll("/+$", "");
        Optional<URI> address = plain.length() > LONGEST_URL ? Optional.empty() : parse(plain);
        if (address.isEmpty()) {
            invalid.add(new Invalid(
                    field,
                    field + " must be an address such as http://localhost:3000",
                    "Enter an address such as http://localhost:3000."));
        }
        return address;
    }

    /// Parses the root of an API: a gateway often has neither a domain nor TLS.
    private static Optional<URI> parse(String typed) {
        return OutboundAddress.uri(typed)
                .filter(address -> address.getRawQuery() == null && address.getRawFragment() == null);
    }

    /// Returns the host that this server would call.
    ///
    /// @param before the address until now, which may be one that isn't called
    Optional<String> newHost(Optional<URI> before) {
        return url.map(typed -> typed.strip().replaceAll("/+$", ""))
                .flatMap(ConnectionDraft::parse)
                .filter(address -> !before.equals(Optional.of(address)))
                .map(URI::getHost);
    }

    private Credentials.Access access(DriverKind kind, Optional<Credentials> known, List<Invalid> invalid) {
        return switch (kind.profile.way()) {
            case SIMULATED -> new Credentials.None();
            case LINKED ->
                new Credentials.ApiKey(secret(
                        "apiKey",
                        secrets.apiKey(),
                        known.map(Credentials::access)
                                .filter(Credentials.ApiKey.class::isInstance)
                                .map(access -> ((Credentials.ApiKey) access).key()),
                        invalid));
            case AT_WHATSAPP -> {
                Optional<Credentials.Cloud> before = known.map(Credentials::access)
                        .filter(Credentials.Cloud.class::isInstance)
                        .map(Credentials.Cloud.class::cast);
                yield new Credentials.Cloud(
                        secret("token", secrets.token(), before.map(Credentials.Cloud::token), invalid),
                        secret("appSecret", secrets.appSecret(), before.map(Credentials.Cloud::appSecret), invalid),
                        filled(secrets.verifyToken())
                                .or(() -> before.map(Credentials.Cloud::verifyToken))
                                .orElseGet(Digests::newToken),
                        secrets.wabaId().isPresent()
                                ? filled(secrets.wabaId())
                                : before.flatMap(Credentials.Cloud::wabaId));
            }
        };
    }

    private static String secret(String field, Optional<String> typed, Optional<String> before, List<Invalid> invalid) {
        Optional<String> secret = filled(typed).or(() -> before);
        if (secret.isEmpty()) {
            invalid.add(new Invalid(field, MISSING + field));
        } else if (secret.get().length() > LONGEST_SECRET
                || secret.get().chars().anyMatch(Character::isISOControl)) {
            invalid.add(new Invalid(field, field + " must be one line of at most " + LONGEST_SECRET + " characters"));
        }
        return secret.orElse("");
    }

    private String hookSecret(Optional<Credentials> known, List<Invalid> invalid) {
        Optional<String> typed = filled(hookSecret);
        if (typed.filter(text -> text.length() < SHORTEST_HOOK_SECRET || text.length() > LONGEST_SECRET)
                .isPresent()) {
            invalid.add(new Invalid(
                    "webhook.secret", "webhook.secret must have " + SHORTEST_HOOK_SECRET + " characters or more"));
        }
        return typed.or(() -> known.map(Credentials::hookSecret)).orElseGet(Digests::newToken);
    }

    private static Optional<String> filled(Optional<String> typed) {
        return typed.map(String::strip).filter(text -> !text.isEmpty());
    }
}
