package dev.banyan.analytics;

import module java.base;
import dev.banyan.platform.http.Countries;
import jakarta.inject.Singleton;

/// Parses the details of visits. Visitors who open a page also follow its links, and many visitors share networks and
/// browsers, so results are cached briefly. Not thread-safe.
@Singleton
final class VisitReader {

    /// Limit of unknown user agents per second: parsing one takes far longer than the rest, and a client that invents
    /// new ones must not block others.
    private static final int NEW_AGENTS_AT_ONCE = 100;

    private static final int MOST_KEPT = 20_000;
    private static final long HOUR_MS = 3_600_000;
    private static final int HOURS = 24;
    private static final int LONGEST_LANGUAGE = 3;
    private static final Pattern LAST_ZEROS = Pattern.compile("(:0)+$");

    /// @param token of a [UniqueVisitors]; 0 for bots
    /// @param details the dimensions of views and redirects; none for bots
    /// @param ip without its last part
    /// @param referrer where the visitor comes from, as [Referrers] names it
    record VisitFacts(UserAgent agent, int token, Map<Dimension, String> details, String ip, String referrer) {}

    private record Seen(Visit visit, int day) {}

    private final UserAgents agents;
    private final Countries countries;
    private final Visitors visitors;
    private final Map<Seen, VisitFacts> seen = new HashMap<>();

    private long hour;
    private int newAgents;

    VisitReader(UserAgents agents, Countries countries, Visitors visitors) {
        this.agents = agents;
        this.countries = countries;
        this.visitors = visitors;
    }

    /// @param day for which visitors are told apart
    VisitFacts read(Visit visit, long atMs, int day) {
        long ofVisit = Math.floorDiv(atMs, HOUR_MS);
        if (ofVisit != hour || seen.size() >= MOST_KEPT) {
            seen.clear();
            hour = ofVisit;
        }
        var asked = new Seen(visit, day);
        VisitFacts known = seen.get(asked);
        if (known == null) {
            known = readAnew(visit, atMs, day);
            seen.put(asked, known);
        }
        return known;
    }

    /// Clears the caches, once a second.
    void forget() {
        seen.clear();
        newAgents = 0;
    }

    private VisitFacts readAnew(Visit visit, long atMs, int day) {
        UserAgent agent = agent(visit.userAgent());
        String referrer = Referrers.of(visit.referrer());
        if (agent.isBot()) {
            return new VisitFacts(agent, 0, Map.of(), "", referrer);
        }
        var details = new EnumMap<Dimension, String>(Dimension.class);
        details.put(Dimension.REFERRER, referrer);
        putFilled(details, Dimension.SOURCE, visit.utm().source());
        putFilled(details, Dimension.MEDIUM, visit.utm().medium());
        putFilled(details, Dimension.CAMPAIGN, visit.utm().name());
        details.put(Dimension.DEVICE, agent.device().label);
        details.put(Dimension.BROWSER, agent.browser());
        details.put(Dimension.SYSTEM, agent.system());
        details.put(Dimension.LANGUAGE, language(visit.language()));
        details.put(Dimension.COUNTRY, countries.of(visit.address()));
        details.put(Dimension.HOUR, Long.toString(Math.floorMod(Math.floorDiv(atMs, HOUR_MS), HOURS)));
        int token = UniqueVisitors.token(visitors.hash(day, visit));
        return new VisitFacts(agent, token, details, shortened(visit.address()), referrer);
    }

    private static void putFilled(Map<Dimension, String> details, Dimension dimension, String text) {
        if (!text.isEmpty()) {
            details.put(dimension, text);
        }
    }

    private UserAgent agent(String userAgent) {
        if (agents.isKnown(userAgent)) {
            return agents.of(userAgent);
        }
        return newAgents++ < NEW_AGENTS_AT_ONCE ? agents.of(userAgent) : UserAgent.UNKNOWN;
    }

    /// Returns the first language of `de-AT,de;q=0.9`; empty if there is none.
    static String language(String accepted) {
        int end = 0;
        while (end < accepted.length() && end <= LONGEST_LANGUAGE && Character.isLetter(accepted.charAt(end))) {
            end++;
        }
        return end < 2 || end > LONGEST_LANGUAGE || accepted.charAt(0) > 'z'
                ? ""
                : accepted.substring(0, end).toLowerCase(Locale.ROOT);
    }

    /// Returns an address without its last part, shared by many visitors: 203.0.113.0, 2001:db8:1::.
    static String shortened(String address) {
        try {
            byte[] bytes = InetAddress.ofLiteral(address).getAddress();
            Arrays.fill(bytes, bytes.length == 4 ? 3 : 6, bytes.length, (byte) 0);
            return LAST_ZEROS
                    .matcher(InetAddress.getByAddress(bytes).getHostAddress())
                    .replaceFirst("::");
        } catch (UnknownHostException | IllegalArgumentException _) {
            return "";
        }
    }
}
