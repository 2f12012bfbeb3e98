package dev.banyan.platform.sso;

import module java.base;
import dev.banyan.platform.Invalid;

/// Providers at which anyone in the world can make an account. A sign-in there says who a person is, and nothing about
/// whether they belong here: without another restriction, everyone could come in.
///
/// Issuers of one organization (a tenant of Okta, Auth0, Entra ID or Cognito, an own Keycloak or GitLab) aren't among
/// them: who has an account there is up to its admins.
final class PublicIssuers {

    private static final String MICROSOFT = "Microsoft";

    /// By host; hosts below it are meant as well.
    private static final Map<String, String> HOSTS = Map.ofEntries(
            Map.entry("accounts.google.com", "Google"),
            Map.entry("login.live.com", MICROSOFT),
            Map.entry("github.com", "GitHub"),
            Map.entry("token.actions.githubusercontent.com", "GitHub"),
            Map.entry("gitlab.com", "GitLab"),
            Map.entry("bitbucket.org", "Bitbucket"),
            Map.entry("codeberg.org", "Codeberg"),
            Map.entry("atlassian.com", "Atlassian"),
            Map.entry("apple.com", "Apple"),
            Map.entry("facebook.com", "Facebook"),
            Map.entry("meta.com", "Meta"),
            Map.entry("linkedin.com", "LinkedIn"),
            Map.entry("yahoo.com", "Yahoo"),
            Map.entry("yahoo.co.jp", "Yahoo! JAPAN"),
            Map.entry("amazon.com", "Amazon"),
            Map.entry("yandex.com", "Yandex"),
            Map.entry("yandex.ru", "Yandex"),
            Map.entry("vk.com", "VK"),
            Map.entry("vk.ru", "VK"),
            Map.entry("mail.ru", "Mail.ru"),
            Map.entry("paypal.com", "PayPal"),
            Map.entry("paypalobjects.com", "PayPal"),
            Map.entry("slack.com", "Slack"),
            Map.entry("discord.com", "Discord"),
            Map.entry("twitch.tv", "Twitch"),
            Map.entry("line.me", "LINE"),
            Map.entry("kakao.com", "Kakao"),
            Map.entry("naver.com", "Naver"),
            Map.entry("login.salesforce.com", "Salesforce"),
            Map.entry("test.salesforce.com", "Salesforce"),
            Map.entry("spotify.com", "Spotify"),
            Map.entry("dropbox.com", "Dropbox"),
            Map.entry("intuit.com", "Intuit"),
            Map.entry("xero.com", "Xero"),
            Map.entry("zoho.com", "Zoho"),
            Map.entry("wordpress.com", "WordPress.com"),
            Map.entry("huggingface.co", "Hugging Face"),
            Map.entry("orcid.org", "ORCID"),
            Map.entry("hello.coop", "Hellō"),
            Map.entry("id.me", "ID.me"),
            Map.entry("login.gov", "Login.gov"),
            Map.entry("accounts.firefox.com", "Mozilla"),
            Map.entry("login.ubuntu.com", "Ubuntu One"));

    private static final Set<String> MICROSOFT_HOSTS =
            Set.of("login.microsoftonline.com", "sts.windows.net", "login.windows.net", "login.microsoft.com");

    /// The first part of the path where Microsoft doesn't mean one organization, but several or all people.
    private static final Set<String> MICROSOFT_FOR_ALL =
            Set.of("", "common", "organizations", "consumers", "9188040d-6c67-4c5b-b112-36a304b66dad");

    /// Claims that a person writes themselves, or that are the same for everyone: no groups.
    private static final Set<String> NO_GROUPS = Set.of(
            "iss",
            "aud",
            "azp",
            "exp",
            "iat",
            "nbf",
            "auth_time",
            "nonce",
            "acr",
            "amr",
            "at_hash",
            "jti",
            "ver",
            "name",
            "given_name",
            "family_name",
            "middle_name",
            "nickname",
            "preferred_username",
            "profile",
            "picture",
            "website",
            "email_verified",
            "gender",
            "birthdate",
            "zoneinfo",
            "locale",
            "phone_number",
            "phone_number_verified",
            "address",
            "updated_at");

    /// Domains of emails that anyone can have.
    private static final Set<String> MAIL_FOR_ALL = Set.of(
            "gmail.com",
            "googlemail.com",
            "outlook.com",
            "hotmail.com",
            "live.com",
            "msn.com",
            "yahoo.com",
            "ymail.com",
            "icloud.com",
            "me.com",
            "mac.com",
            "aol.com",
            "proton.me",
            "protonmail.com",
            "gmx.com",
            "gmx.de",
            "gmx.net",
            "web.de",
            "t-online.de",
            "mail.com",
            "mail.ru",
            "yandex.ru",
            "yandex.com",
            "qq.com",
            "163.com",
            "126.com",
            "naver.com",
            "zoho.com",
            "orange.fr",
            "free.fr",
            "libero.it",
            "fastmail.com",
            "hey.com",
            "tutanota.com");

    private PublicIssuers() {}

    /// Returns whose accounts these are, such as `Google`; empty if the provider belongs to one organization.
    static Optional<String> accountsOf(SsoProvider provider) {
        return provider instanceof SsoProvider.Oidc oidc ? accountsOf(oidc.issuer()) : Optional.empty();
    }

    /// Where anyone can have an account, people could name the emails of others.
    static Optional<Invalid> tooTrusting(SsoProvider provider) {
        return accountsOf(provider).filter(_ -> provider.claims().namesEmails()).map(name -> {
            String field = provider.claims().trustEmails() ? "trustEmails" : "emailClaim";
            String error = field + " is for your own provider: anyone can have a " + name + " account";
            return new Invalid(
                    field,
                    error,
                    (provider.claims().trustEmails() ? "Turn this off: anyone" : "Leave this empty: anyone")
                            + " can have a " + name + " account with an email of someone else.");
        });
    }

    private static Optional<String> accountsOf(String issuer) {
        URI uri;
        try {
            uri = new URI(issuer.strip());
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
        String host = Optional.ofNullable(uri.getHost())
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .replaceFirst("\\.$", "");
        if (MICROSOFT_HOSTS.contains(host)) {
            String tenant = Optional.ofNullable(uri.getPath())
                    .orElse("")
                    .replaceFirst("^/+", "")
                    .replaceFirst("/.*$", "");
            return Optional.of(MICROSOFT).filter(_ -> MICROSOFT_FOR_ALL.contains(tenant.toLowerCase(Locale.ROOT)));
        }
        return HOSTS.entrySet().stream()
                .filter(known -> host.equals(known.getKey()) || host.endsWith("." + known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /// Whether Microsoft answers there for many organizations, each of which is an issuer of its own: what such an
    /// address says about itself (`{tenantid}`) is the issuer of no token.
    static boolean isOfManyTenants(String issuer) {
        return accountsOf(issuer).equals(Optional.of(MICROSOFT))
                && issuer.toLowerCase(Locale.ROOT).matches("https://[^/]+/(common|organizations|consumers)?(/.*)?");
    }

    /// Google lets people have an account with an email of elsewhere, so that only its own word `hd` says that an
    /// organization's domain stands behind a person.
    static boolean isGoogle(SsoProvider provider) {
        return accountsOf(provider).equals(Optional.of("Google"));
    }

    /// Whether a claim of such a provider can say to which group a person belongs.
    static boolean namesGroups(SsoProvider provider) {
        return !(provider instanceof SsoProvider.Oidc oidc)
                || !NO_GROUPS.contains(oidc.groupClaim().replaceFirst("\\..*$", ""));
    }

    /// Returns those domains that restrict no one.
    static List<String> forAll(List<String> domains) {
        return domains.stream().filter(MAIL_FOR_ALL::contains).toList();
    }
}
