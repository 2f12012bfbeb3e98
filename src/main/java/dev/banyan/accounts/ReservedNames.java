package dev.banyan.accounts;

import module java.base;

/// Names that can't be registered: first segments of our own addresses, current or future, and names that would let a
/// person pose as this server. `ReservedNamesTest` compares them with every route.
public final class ReservedNames {

    static final Set<String> NAMES = Arrays.stream("""
            about abuse access account accounts activate activity ad add address adm admin administration
            administrator admins ads affiliate affiliates agencies agency agent ajax alert alerts all analytics
            android announcements anonymous any api apiauth apikeys apis app appearance apple application apps
            archive asset assets assistant atom audit auth authenticate authentication author authorize avatar
            avatars backup backups banner banners banyan beta bill billing blog blogs board bot bots brand
            brands browse bug bugs business cache calendar campaign campaigns cancel captcha card careers cart
            catalog categories category cdn cgi-bin chat chats checkout client clients cloud code comment
            comments community compare config configuration confirm confirm-email confirmation connect console
            contact contacts content cookie cookies copyright create css custom customer customers dashboard
            data db debug default delete demo deny design dev developer developers devices dir directory dmca
            dns doc docs documentation domain domains donate download downloads edit editor email emails embed
            enterprise error errors event events example explore export faq favicon favicon-ico feature features
            feed feedback feeds file files find first flag follow followers following font fonts forgot
            forgot-password form forms forum forums free friend friends ftp get git github go graphql group
            groups guest guests guide guides health healthz help helpdesk history home hooks host hosting
            hostmaster htm html http https icon icons image images img import imprint inbox index info internal
            conversion invitation invitations invite invites invoice invoices ios iphone issue issues javascript job jobs
            join js json key keys kill l landing languages last ldap learn legal license link links linktome
            linktree list lists live load local localhost location log log-in log-out login logo logos logout
            logs mail mailer mailing manage manager managers manifest map maps marketing master masters mcp media
            member members message messages messenger metrics mobile mod moderator module monitor music my
            myaccount name names network new news newsletter nobody noc none notes notification notifications
            null oauth oauth2 offer offers official ok openapi openid operator operators order orders
            organization organizations owner page pages partner partners passkey passkeys passwd password
            passwords pay payment payments personal phone photo photos php ping plan plans plugin plugins
            policies policy pool pools pop3 popular portal post postmaster posts premium press preview pricing
            privacy private pro product products profile profiles project projects promo public purchase push qr
            query queue quota random ready readyz recover redirect register registration release remove reply
            report reports request reset reset-password restore return robots robots-txt root router rss rules s sale sales save
            schema script scripts search secret secure security self send sender senders servant servants server
            servers service services session sessions set settings setup share shop short shortlink shortlinks
            sign sign-in sign-out sign-up signin signout signup site siteadmin sitemap sitemap-xml sites smtp
            socket sockets source sql ssh ssl sso staff star stat static stats status store stories stream style
            styles stylesheet sub-account sub-accounts sub-client subaccount subaccounts subdomain subscribe
            subscription subscriptions success sudo support survey svg swagger switch sync sysadmin system
            systems tag tags task tasks team teams tech telnet template templates term terms test tester testing
            tests theme themes ticket tickets token tokens tool tools top tos trace track tracking trends trial
            true tutorial ui undefined unknown unsubscribe update updates upgrade upload uploads uptime url urls
            usage user username users utm v1 v2 v3 verify version video videos view views visitor vpn web
            webhook webhooks webjars webmail webmaster website websites well-known whatsapp widget widgets wiki
            workspace workspaces write ws www www1 www2 xml xmpp you your yourname yourusername
            """.strip().split("\\s+")).collect(Collectors.toUnmodifiableSet());

    private ReservedNames() {}

    /// @param username in lower case
    public static boolean contains(String username) {
        return NAMES.contains(username);
    }
}
