package dev.banyan.platform.dns;

import module java.base;
import dev.banyan.platform.config.Settings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;
import org.xbill.DNS.lookup.RedirectLoopException;
import org.xbill.DNS.lookup.RedirectOverflowException;
import org.xbill.DNS.lookup.ServerFailedException;

/// Asks the DNS: the resolver of this machine, or the one that `BANYAN_DNS` names. Nothing is kept, because people
/// change their records and look at once whether it worked.
@Singleton
public final class Dns {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);
    private static final Duration ALL_WITHIN = Duration.ofSeconds(10);
    private static final int MOST_REDIRECTS = 8;
    private static final int MOST_RECORDS = 200;

    /// What a look-up came to.
    public sealed interface Looked {

        /// @param texts one for each record
        record Found(List<String> texts) implements Looked {}

        /// The name does not exist, or has no record of this kind.
        record Nothing() implements Looked {}

        /// It is not known: a later look-up may find it.
        ///
        /// @param why a whole sentence
        record Unknown(String why) implements Looked {}
    }

    private final LookupSession session;

    @Inject
    Dns(Settings settings) {
        this(settings.dns());
    }

    /// @param server empty: the machine’s own
    public Dns(Optional<InetSocketAddress> server) {
        Resolver resolver = server.<Resolver>map(SimpleResolver::new).orElseGet(ExtendedResolver::new);
        resolver.setTimeout(ANSWER_WITHIN);
        this.session = LookupSession.builder()
                .resolver(resolver)
                .maxRedirects(MOST_REDIRECTS)
                .build();
    }

    /// Returns the TXT records of a name, the parts of each joined. Follows CNAMEs.
    public Looked texts(String name) {
        return look(name, Type.TXT, record -> String.join("", ((TXTRecord) record).getStrings()));
    }

    /// Returns the IPv4 addresses of a name. Follows CNAMEs.
    public Looked addresses(String name) {
        return look(name, Type.A, Record::rdataToString);
    }

    /// Returns the IPv6 addresses of a name. Follows CNAMEs.
    public Looked longAddresses(String name) {
        return look(name, Type.AAAA, Record::rdataToString);
    }

    private Looked look(String name, int type, Function<Record, String> text) {
        try {
            var found = session.lookupAsync(Name.fromString(name, Name.root), type)
                    .toCompletableFuture()
                    .get(ALL_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            return new Looked.Found(found.getRecords().stream()
                    .filter(record -> record.getType() == type)
                    .limit(MOST_RECORDS)
                    .map(text)
                    .toList());
        } catch (TextParseException _) {
            return new Looked.Nothing(); // longer than a name can be
        } catch (ExecutionException failure) {
            return failed(Optional.ofNullable(failure.getCause()).orElse(failure));
        } catch (TimeoutException _) {
            return new Looked.Unknown("The DNS did not answer in time.");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Looked.Unknown("The server is stopping.");
        }
    }

    private static Looked failed(Throwable why) {
        return switch (why) {
            case NoSuchDomainException _, NoSuchRRSetException _ -> new Looked.Nothing();
            case RedirectLoopException _, RedirectOverflowException _ ->
                new Looked.Unknown("Its CNAME records lead in a circle, or too far.");
            case ServerFailedException _ -> new Looked.Unknown("Its DNS server reports a failure (SERVFAIL).");
            default -> new Looked.Unknown("The DNS did not answer.");
        };
    }
}
