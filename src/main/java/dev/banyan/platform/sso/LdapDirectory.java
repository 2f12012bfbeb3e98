package dev.banyan.platform.sso;

import module java.base;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.DereferencePolicy;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import com.unboundid.util.ssl.SSLUtil;
import dev.banyan.platform.Digests;
import dev.banyan.platform.FilledText;
import dev.banyan.platform.OpaqueText;
import dev.banyan.platform.http.CheckedNames;
import dev.banyan.platform.http.LimitedSockets;
import dev.banyan.platform.http.OutboundHttp;
import dev.banyan.platform.sso.ProviderTrouble.Kind;
import java.security.cert.Certificate;

/// One connection to a directory, always encrypted: searches as the account of the settings, and binds as a person to
/// check their password.
public final class LdapDirectory implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /// For all that is asked on one connection.
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int LONGEST_MESSAGE = 4 * 1_024 * 1_024;
    private static final int GROUPS = 1_000;
    private static final int GROUPS_AT_ONCE = 100;
    /// How many levels of groups in groups are read.
    private static final int DEEPEST = 10;
    /// Ids that never change, as directories call them.
    private static final List<String> TEXT_IDS = List.of("entryUUID", "nsUniqueId", "ipaUniqueID");

    private static final String ACTIVE_DIRECTORY_ID = "objectGUID";
    /// How the ids of people begin whose directory has none.
    private static final String BY_NAME = "dn:";
    /// Stands for the name that people type.
    private static final String TYPED = "{username}";

    /// Active Directory has people without a mailbox, whose name for signing in is like an email.
    private static final List<String> EMAILS = List.of("mail", "userPrincipalName");

    private static final List<String> USERNAMES = List.of("sAMAccountName", "uid");

    /// A person in the directory.
    ///
    /// @param countedAs the same for all names that find the entry, and all spellings of them
    public record Entry(String dn, String countedAs, SsoPerson person) {}

    /// What the directory says of a person whom it named earlier.
    public sealed interface Known {

        record There(SsoPerson person) implements Known {}

        /// It no longer has them, or the filter for people no longer lets them in.
        record Gone() implements Known {}

        /// It can’t be asked about them.
        record Unknown() implements Known {}
    }

    private static final String REFUSED = "The directory refused the person or the password.";

    private final SsoProvider.Ldap settings;
    private final LDAPConnection connection;

    private LdapDirectory(SsoProvider.Ldap settings, LDAPConnection connection) {
        this.settings = settings;
        this.connection = connection;
    }

    /// Connects, and binds as the account that searches.
    public static LdapDirectory open(OutboundHttp outbound, SsoProvider.Ldap settings, Optional<String> password)
            throws ProviderTrouble {
        String secret = password.filter(text -> !text.isEmpty())
                .orElseThrow(() -> new ProviderTrouble(Kind.SETUP, "Enter the password of the account that searches."));
        LDAPConnection connection = connect(outbound, settings);
        try {
            connection.bind(settings.bindDn(), secret);
            return new LdapDirectory(settings, connection);
        } catch (LDAPException failure) {
            connection.close();
            throw failure.getResultCode().isConnectionUsable()
                    ? new ProviderTrouble(
                            Kind.SETUP,
                            "The directory doesn’t accept the account that searches, or its password.",
                            failure)
                    : unavailable(failure);
        }
    }

    private static LDAPConnection connect(OutboundHttp outbound, SsoProvider.Ldap settings) throws ProviderTrouble {
        var options = new LDAPConnectionOptions();
        options.setConnectTimeoutMillis((int) PATIENCE.toMillis());
        options.setResponseTimeoutMillis(PATIENCE.toMillis());
        options.setFollowReferrals(false);
        options.setMaxMessageSize(LONGEST_MESSAGE);
        options.setUseSynchronousMode(true);
        options.setSSLSocketVerifier(new HostNameSSLSocketVerifier(true));
        options.setNameResolver(new CheckedNames(addresses(outbound, settings.host())));
        SSLContext tls = tls(settings.certificate());
        boolean isAtOnce = settings.tls().equals(SsoProvider.Ldap.LDAPS);
        var sockets =
                new LimitedSockets(isAtOnce ? tls.getSocketFactory() : SocketFactory.getDefault(), PATIENCE, LONGEST);
        LDAPConnection connection = null;
        try {
            connection = new LDAPConnection(sockets, options, settings.host(), settings.port());
            if (isAtOnce) {
                sockets.encrypted();
                return connection;
            }
            var started = connection.processExtendedOperation(new StartTLSExtendedRequest(tls));
            if (started.getResultCode() != ResultCode.SUCCESS) {
                throw new LDAPException(started.getResultCode(), "StartTLS was refused");
            }
            sockets.encrypted();
            return connection;
        } catch (LDAPException failure) {
            if (connection != null) {
                connection.close();
            }
            throw unavailable(failure);
        }
    }

    private static List<InetAddress> addresses(OutboundHttp outbound, String host) throws ProviderTrouble {
        try {
            List<InetAddress> callable = outbound.callable(host);
            if (callable.isEmpty()) {
                throw new ProviderTrouble(Kind.SETUP, OutboundHttp.notCalled(host) + ".");
            }
            return callable;
        } catch (UnknownHostException failure) {
            throw new ProviderTrouble(Kind.UNAVAILABLE, "The directory’s host name wasn’t found.", failure);
        }
    }

    /// @param pem of an authority; without it, those that Java trusts
    private static SSLContext tls(Optional<String> pem) throws ProviderTrouble {
        try {
            KeyStore trusted = null;
            if (pem.isPresent()) {
                trusted = KeyStore.getInstance(KeyStore.getDefaultType());
                trusted.load(null, null);
                int number = 0;
                for (Certificate certificate : certificates(pem.get())) {
                    trusted.setCertificateEntry("authority-" + number++, certificate);
                }
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            return new SSLUtil(trust.getTrustManagers()).createSSLContext();
        } catch (GeneralSecurityException | IOException failure) {
            throw new ProviderTrouble(Kind.SETUP, "The certificate can’t be read. Enter it as PEM.", failure);
        }
    }

    static List<Certificate> certificates(String pem) throws GeneralSecurityException {
        return List.copyOf(CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
    }

    /// Finds a person by the name that they typed; empty if there is none, or more than one.
    public Optional<Entry> find(String username) throws ProviderTrouble {
        List<SearchResultEntry> found =
                search(settings.baseDn(), filter(settings.userFilter(), username, ""), 2, attributes());
        if (found.size() != 1) {
            return Optional.empty();
        }
        SearchResultEntry entry = found.getFirst();
        var person = new SsoPerson(
                settings.identity(),
                subject(entry),
                first(entry, settings.claims().emails(EMAILS), PersonClaims::isEmail),
                Optional.of(true), // the directory is the company’s own
                first(entry, settings.claims().usernames(USERNAMES), text -> !text.isBlank())
                        .or(() -> Optional.of(username)),
                groups(entry, username),
                entry.getAttributes().stream().map(Attribute::getName).toList());
        return Optional.of(new Entry(entry.getDN(), Digests.sha256Hex(normalized(entry)), person));
    }

    private String[] attributes() {
        return Stream.of(
                        TEXT_IDS,
                        settings.claims().emails(EMAILS),
                        settings.claims().usernames(USERNAMES),
                        List.of(ACTIVE_DIRECTORY_ID, "memberOf"))
                .flatMap(List::stream)
                .toArray(String[]::new);
    }

    private static Optional<String> first(SearchResultEntry entry, List<String> names, Predicate<String> isRight) {
        return names.stream()
                .flatMap(name -> Stream.ofNullable(entry.getAttributeValue(name)))
                .filter(isRight)
                .findFirst();
    }

    /// Finds a person whom the directory named earlier, under the names with which they could sign in.
    ///
    /// @param subject as in [SsoPerson#subject]
    Known findAgain(String subject) throws ProviderTrouble {
        if (subject.startsWith(BY_NAME)) {
            return new Known.Unknown();
        }
        Map<String, Pattern> typed = typedNames(filter(settings.userFilter(), TYPED, ""));
        List<SearchResultEntry> entries =
                search(settings.baseDn(), byId(subject), 1, typed.keySet().toArray(String[]::new));
        List<String> names = entries.stream()
                .flatMap(entry -> typed.entrySet().stream()
                        .flatMap(name -> Stream.ofNullable(entry.getAttributeValues(name.getKey()))
                                .flatMap(Arrays::stream)
                                .map(name.getValue()::matcher)
                                .filter(Matcher::matches)
                                .map(found -> found.group(1))))
                .distinct()
                .toList();
        if (!entries.isEmpty() && names.isEmpty()) {
            return new Known.Unknown();
        }
        Optional<SsoPerson> person = Optional.empty();
        for (String name : names) {
            Optional<SsoPerson> found = find(name)
                    .map(Entry::person)
                    .filter(other -> other.subject().equals(subject));
            person = person.map(known -> found.map(known::withGroupsOf).orElse(known))
                    .or(() -> found);
        }
        return person.<Known>map(Known.There::new).orElseGet(Known.Gone::new);
    }

    private static Filter byId(String subject) {
        return subject.matches("[0-9a-f]{32}")
                ? Filter.createEqualityFilter(
                        ACTIVE_DIRECTORY_ID, HexFormat.of().parseHex(subject))
                : Filter.createORFilter(TEXT_IDS.stream()
                        .map(name -> Filter.createEqualityFilter(name, subject))
                        .toList());
    }

    /// Returns the attributes that a filter compares with the name that people type, each with a pattern that finds
    /// such a name in its value.
    private static Map<String, Pattern> typedNames(Filter filter) {
        var names = new LinkedHashMap<String, Pattern>();
        Stream.of(filter.getComponents()).map(LdapDirectory::typedNames).forEach(names::putAll);
        Optional.ofNullable(filter.getNOTComponent())
                .map(LdapDirectory::typedNames)
                .ifPresent(names::putAll);
        String value = Optional.ofNullable(filter.getAssertionValue()).orElse("");
        int at = value.indexOf(TYPED);
        if (filter.getAttributeName() != null && at >= 0) {
            names.put(
                    filter.getAttributeName(),
                    Pattern.compile(
                            Pattern.quote(value.substring(0, at)) + "(.+)"
                                    + Pattern.quote(value.substring(at + TYPED.length())),
                            Pattern.CASE_INSENSITIVE | Pattern.DOTALL));
        }
        return names;
    }

    private static String subject(SearchResultEntry entry) {
        return TEXT_IDS.stream()
                .flatMap(name -> Optional.ofNullable(entry.getAttributeValue(name)).stream())
                .findFirst()
                .or(() -> Optional.ofNullable(entry.getAttributeValueBytes(ACTIVE_DIRECTORY_ID))
                        .map(HexFormat.of()::formatHex))
                .orElseGet(() -> BY_NAME + Digests.sha256Hex(normalized(entry)));
    }

    private static String normalized(SearchResultEntry entry) {
        return normalized(entry.getDN());
    }

    private static String normalized(String dn) {
        try {
            return DN.normalize(dn);
        } catch (LDAPException _) {
            return dn;
        }
    }

    /// Returns the groups, each by its whole name and by its short one.
    private List<String> groups(SearchResultEntry entry, String username) throws ProviderTrouble {
        List<String> names = new ArrayList<>();
        if (settings.groupFilter().isEmpty()) {
            for (String dn : withParents(entry, values(entry, "memberOf"))) {
                names.add(dn);
                GroupNames.shortName(dn).ifPresent(names::add);
            }
            return List.copyOf(names);
        }
        String base = settings.groupBaseDn().orElse(settings.baseDn());
        for (SearchResultEntry group :
                search(base, filter(settings.groupFilter().get(), username, entry.getDN()), GROUPS, "cn")) {
            names.add(group.getDN());
            Optional.ofNullable(group.getAttributeValue("cn")).ifPresent(names::add);
        }
        return List.copyOf(names);
    }

    private static List<String> values(SearchResultEntry entry, String name) {
        return List.of(Optional.ofNullable(entry.getAttributeValues(name)).orElse(new String[0]));
    }

    /// Returns groups and those that they are in, level by level: `memberOf` names only the first of Active Directory.
    private List<String> withParents(SearchResultEntry person, List<String> direct) throws ProviderTrouble {
        var all = new LinkedHashMap<String, String>();
        direct.forEach(dn -> all.putIfAbsent(normalized(dn), dn));
        String base = settings.groupBaseDn().orElseGet(() -> domain(person));
        List<String> level = List.copyOf(all.values());
        for (int depth = 0; depth < DEEPEST && !level.isEmpty() && all.size() < GROUPS; depth++) {
            var next = new ArrayList<String>();
            for (int from = 0; from < level.size(); from += GROUPS_AT_ONCE) {
                for (String parent :
                        parents(base, level.subList(from, Math.min(level.size(), from + GROUPS_AT_ONCE)))) {
                    if (all.putIfAbsent(normalized(parent), parent) == null) {
                        next.add(parent);
                    }
                }
            }
            level = next;
        }
        return all.values().stream().limit(GROUPS).toList();
    }

    private List<String> parents(String base, List<String> groups) throws ProviderTrouble {
        Filter members = Filter.createORFilter(groups.stream()
                .map(dn -> Filter.createEqualityFilter("member", dn))
                .toList());
        try {
            return search(base, members, GROUPS, SearchRequest.NO_ATTRIBUTES).stream()
                    .map(SearchResultEntry::getDN)
                    .toList();
        } catch (ProviderTrouble trouble) {
            if (trouble.kind() == Kind.SETUP && settings.groupBaseDn().isEmpty()) {
                return List.of(); // no admin has entered this base
            }
            throw trouble;
        }
    }

    /// Returns the domain that a person is in, whose groups may be elsewhere than its people.
    private String domain(SearchResultEntry person) {
        try {
            String domain = Stream.of(person.getParsedDN().getRDNs())
                    .filter(rdn -> rdn.hasAttribute("dc"))
                    .map(RDN::toString)
                    .collect(Collectors.joining(","));
            return domain.isEmpty() ? settings.baseDn() : domain;
        } catch (LDAPException _) {
            return settings.baseDn();
        }
    }

    /// Puts what people typed into a filter, so that it can’t change the filter.
    static Filter filter(String template, String username, String dn) throws ProviderTrouble {
        try {
            return Filter.create(
                    FilledText.of(template, Map.of("{username}", username, "{dn}", dn), Filter::encodeValue));
        } catch (LDAPException failure) {
            throw new ProviderTrouble(Kind.SETUP, "The filter “" + template + "” can’t be read.", failure);
        }
    }

    private List<SearchResultEntry> search(String base, Filter filter, int most, String... attributes)
            throws ProviderTrouble {
        try {
            var request = new SearchRequest(
                    base,
                    SearchScope.SUB,
                    DereferencePolicy.NEVER,
                    most,
                    (int) PATIENCE.toSeconds(),
                    false,
                    filter,
                    attributes);
            return Optional.ofNullable(connection.search(request).getSearchEntries())
                    .orElse(List.of());
        } catch (LDAPException failure) {
            if (failure.getResultCode() == ResultCode.SIZE_LIMIT_EXCEEDED
                    && failure instanceof com.unboundid.ldap.sdk.LDAPSearchException partial) {
                return Optional.ofNullable(partial.getSearchEntries()).orElse(List.of());
            }
            if (failure.getResultCode() == ResultCode.NO_SUCH_OBJECT) {
                throw new ProviderTrouble(Kind.SETUP, "The directory has nothing at “" + base + "”.", failure);
            }
            throw unavailable(failure);
        }
    }

    /// Checks a password; binds as the person, so that nothing else may be asked on this connection. Directories
    /// compare bytes, and most passwords were set on Windows, which types them normalized (RFC 4513, 5.1.3).
    ///
    /// @throws ProviderTrouble `REFUSED` if the password is wrong or expired, or the person is locked
    void bind(Entry entry, String password) throws ProviderTrouble {
        if (password.isEmpty()) { // directories accept a bind without a password, without a name
            throw new ProviderTrouble(Kind.REFUSED, REFUSED);
        }
        String normalized = OpaqueText.of(password);
        Optional<LDAPException> refusal = refusal(entry, normalized);
        if (refusal.isPresent() && !normalized.equals(password)) {
            refusal = refusal(entry, password);
        }
        if (refusal.isPresent()) {
            throw new ProviderTrouble(Kind.REFUSED, REFUSED, refusal.get());
        }
    }

    /// Returns what the directory says against a password; empty if it is right.
    private Optional<LDAPException> refusal(Entry entry, String password) throws ProviderTrouble {
        try {
            connection.bind(entry.dn(), password);
            return Optional.empty();
        } catch (LDAPException failure) {
            if (failure.getResultCode().isConnectionUsable()) {
                return Optional.of(failure);
            }
            throw unavailable(failure);
        }
    }

    private static ProviderTrouble unavailable(LDAPException failure) {
        String why = failure.getResultCode() == ResultCode.TIMEOUT
                ? "it didn’t answer in time"
                : failure.getResultCode() == ResultCode.CONNECT_ERROR
                        ? "nothing answers there, or its certificate isn’t trusted"
                        : failure.getResultCode().getName();
        return new ProviderTrouble(Kind.UNAVAILABLE, "The directory can’t be asked: " + why + ".", failure);
    }

    @Override
    public void close() {
        connection.close();
    }
}
