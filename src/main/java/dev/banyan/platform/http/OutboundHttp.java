package dev.banyan.platform.http;

import module java.base;
import dev.banyan.platform.AddressRange;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Parse;
import dev.banyan.platform.config.Settings;
import io.quarkus.logging.Log;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/// Calls outside servers. Names are resolved here, and connections go to an address that was checked, so a name cannot
/// change its target a moment later. Redirects are returned as they are, cookies are dropped, nothing is decompressed
/// and nothing is retried.
@Singleton
public final class OutboundHttp {
    /// Enough for sixty gateways with thirty messages each, and for all other calls.
    private static final int CALLS_AT_ONCE = 2_000;
    static final int CALLS_TO_ONE_SERVER = 50;
    private static final int HEADERS = 100;
    private static final int HEADER_BYTES = 16_384;
    private static final int LOOKUPS_AT_ONCE = 32;
    private static final Duration LOOKUP = Duration.ofSeconds(2);
    private static final Duration GLANCE = Duration.ofMillis(500);
    private static final Duration JUST_USED = Duration.ofMillis(10);
    /// How long an idle connection is kept. Servers close theirs after five seconds or more, often without saying so
    /// first. A message that is being written just then may have been sent, and would be uncertain.
    private static final Duration KEPT_IDLE = Duration.ofSeconds(3);

    /// Resolves names to addresses.
    interface Names {
        InetAddress[] resolve(String name) throws UnknownHostException;
    }

    private static final class RefusedAddress extends UnknownHostException {}

    private final PublicAddresses addresses;
    private final Names names;
    private final CloseableHttpClient client;
    private final ScheduledThreadPoolExecutor alarms = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("outbound-deadlines").factory());
    /// Looks at hosts that people enter. The system's resolver can't be told to stop, so few may wait for it.
    private final ThreadPoolExecutor lookups = new ThreadPoolExecutor(
            0,
            LOOKUPS_AT_ONCE,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("outbound-lookup").factory());

    private volatile boolean closed;

    @Inject
    OutboundHttp(Settings settings) {
        this(settings.outboundAllow(), InetAddress::getAllByName);
    }

    OutboundHttp(List<AddressRange> allowed, Names names) {
        this.addresses = new PublicAddresses(allowed);
        this.names = names;
        // Otherwise the deadline of each call of the last minutes would wait its time out.
        alarms.setRemoveOnCancelPolicy(true);
        this.client = HttpClients.custom()
                .setConnectionManager(connections())
                .setKeepAliveStrategy((response, _) -> keptIdle(response))
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .setUserAgent("Banyan")
                .build();
    }

    /// A second less than the server says, because it started to count earlier. Never zero, which means forever.
    static TimeValue keptIdle(HttpResponse response) {
        TimeValue said =
                DefaultConnectionKeepAliveStrategy.INSTANCE.getKeepAliveDuration(response, HttpClientContext.create());
        return TimeValue.ofMilliseconds(Math.clamp(said.toMilliseconds() - 1_000, 1, KEPT_IDLE.toMillis()));
    }

    private HttpClientConnectionManager connections() {
        Http1Config http = Http1Config.custom()
                .setMaxHeaderCount(HEADERS)
                .setMaxLineLength(HEADER_BYTES)
                .build();
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new CheckedNames())
                .setTlsSocketStrategy((socket, host, port, attachment, context) ->
                        Tls.TRUSTED.upgrade(socket, host, port, attachment, context))
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(http)
                        .build())
                .setMaxConnTotal(CALLS_AT_ONCE)
                .setMaxConnPerRoute(CALLS_TO_ONE_SERVER)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setTimeToLive(Timeout.ofMinutes(1))
                        // A request on a connection that the server has closed may count as sent. Looking costs a busy
                        // gateway a fifth of its messages, so a connection that was just used isn't looked at.
                        .setValidateAfterInactivity(Timeout.of(JUST_USED))
                        .build())
                .build();
    }

    /// Reads the system’s certificates with the first encrypted call, not with each start of the server.
    private static final class Tls {
        static final TlsSocketStrategy TRUSTED = DefaultClientTlsStrategy.createDefault();
    }

    private final class CheckedNames implements DnsResolver {

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            InetAddress[] callable = Arrays.stream(names.resolve(host))
                    .filter(addresses::mayBeCalled)
                    .toArray(InetAddress[]::new);
            if (callable.length == 0) {
                throw new RefusedAddress();
            }
            return callable;
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    /// Returns the addresses of a host to which this server may connect, for connections that are not HTTP; empty if it
    /// has none such.
    public List<InetAddress> callable(String host) throws UnknownHostException {
        return Arrays.stream(names.resolve(host)).filter(addresses::mayBeCalled).toList();
    }

    /// Returns what is wrong with a host that someone enters: it leads to addresses that this server does not call. A
    /// name that isn't known now, or not within two seconds, is taken: it is looked at again before each call. It
    /// takes time, so don't ask in a transaction.
    ///
    /// @param host as [OutboundAddress] reads it
    public Optional<Invalid> refused(String field, String host) {
        return isRefused(host)
                ? Optional.of(new Invalid(field, notCalled(host), notCalled(host) + "."))
                : Optional.empty();
    }

    /// The sentence about an address that this server does not call, without a full stop.
    public static String notCalled(String host) {
        return "This server doesn’t call private addresses such as " + host
                + ". Its operator can allow this one with BANYAN_OUTBOUND_ALLOW";
    }

    private boolean isRefused(String host) {
        try {
            return isTrue(lookups.submit(() -> callable(host).isEmpty()), LOOKUP);
        } catch (RejectedExecutionException _) {
            return false; // too many look-ups
        }
    }

    private static boolean isTrue(Future<Boolean> look, Duration patience) {
        try {
            return look.get(Math.max(0, patience.toMillis()), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException _) {
            return false; // an unknown name
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Returns those of the hosts that this server does not call, for pages and lists: half a second is given to names.
    public Set<String> refusedAmong(Collection<String> hosts) {
        long end = System.nanoTime() + GLANCE.toNanos();
        var looks = new HashMap<String, Future<Boolean>>();
        for (String host : Set.copyOf(hosts)) {
            try {
                looks.put(host, lookups.submit(() -> callable(host).isEmpty()));
            } catch (RejectedExecutionException _) {
                break; // too many look-ups
            }
        }
        return looks.entrySet().stream()
                .filter(look -> isTrue(look.getValue(), Duration.ofNanos(end - System.nanoTime())))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /// Returns whether a host is an IP address that this server does not call. Asks no one.
    public boolean isRefusedAddress(String host) {
        return Parse.of(host.replaceAll("^\\[|]$", ""), InetAddress::ofLiteral)
                .filter(address -> !addresses.mayBeCalled(address))
                .isPresent();
    }

    @PreDestroy
    void close() throws IOException {
        closed = true;
        alarms.shutdownNow();
        lookups.shutdownNow();
        client.close();
    }

    /// @param onBegin receives, before anything is sent, an action that ends the call from any other thread
    public HttpOutcome send(HttpCall call, Consumer<Runnable> onBegin) {
        Optional<URI> address = OutboundAddress.uri(call.uri().toString());
        if (address.isEmpty()) {
            return new HttpOutcome.Unreachable("its address isn’t valid");
        }
        var request = request(call, address.get());
        var end = new CallEnd(request);
        var alarm = alarms.schedule(end::timeOut, call.limits().total().toMillis(), TimeUnit.MILLISECONDS);
        boolean answered = false;
        onBegin.accept(end::abort);
        try {
            var response =
                    client.executeOpen(RoutingSupport.determineHost(request), request, HttpClientContext.create());
            var answer = new OpenAnswer(response, call.limits(), end, alarm);
            if (answer.announced() > call.limits().bodyBytes()) {
                answer.close();
                return new HttpOutcome.TooLarge();
            }
            answered = true;
            return answer;
        } catch (IOException | HttpException failure) {
            return end.outcome().orElseGet(() -> outcome(failure));
        } catch (CancellationException _) {
            // It was thrown while the call waited for a connection: nothing was written.
            return end.outcome().orElseGet(() -> new HttpOutcome.Unreachable("no connection became free"));
        } catch (RuntimeException failure) {
            // A connection that was ended before it was used reports a failure of its state, as does one that was
            // waited for when the server stopped. Whatever else the library makes of an address is an outcome too:
            // what waits for one would wait for ever.
            return end.outcome().orElseGet(() -> {
                if (closed) {
                    return new HttpOutcome.Unreachable("this server is stopping");
                }
                Log.errorf(failure, "A call to %s failed", call.uri().getHost());
                return new HttpOutcome.Unreachable("the call failed", true);
            });
        } finally {
            if (!answered) {
                alarm.cancel(false);
            }
        }
    }

    private static HttpUriRequestBase request(HttpCall call, URI address) {
        var request = new HttpUriRequestBase(call.method(), address);
        call.headers().forEach(request::setHeader);
        call.body().ifPresent(body -> request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON)));
        request.setConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(timeout(call.limits().connect()))
                .setConnectTimeout(timeout(call.limits().connect()))
                .setResponseTimeout(timeout(call.limits().read()))
                .setExpectContinueEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .build());
        return request;
    }

    private static Timeout timeout(Duration duration) {
        return Timeout.ofMilliseconds(duration.toMillis());
    }

    private static HttpOutcome outcome(Exception failure) {
        return switch (failure) {
            case RefusedAddress _ -> new HttpOutcome.Refused();
            case UnknownHostException _ -> new HttpOutcome.Unreachable("its host name wasn’t found");
            case ConnectTimeoutException _ -> new HttpOutcome.Unreachable("nothing answers there in time");
            // No connection became free, so nothing was written.
            case ConnectionRequestTimeoutException _ ->
                new HttpOutcome.Unreachable("too many calls of this server are under way");
            case SocketTimeoutException _ -> new HttpOutcome.TimedOut();
            case ConnectException _, NoRouteToHostException _ -> new HttpOutcome.Unreachable("nothing answers there");
            case SSLException _ -> new HttpOutcome.Unreachable("its certificate isn’t trusted, or it doesn’t use TLS");
            case MessageConstraintException _ -> new HttpOutcome.TooLarge();
            case ClientProtocolException protocol
            when protocol.getCause() instanceof MessageConstraintException -> new HttpOutcome.TooLarge();
            case ClientProtocolException _ -> new HttpOutcome.Unreachable("it doesn’t speak HTTP", true);
            default -> new HttpOutcome.Unreachable("the connection was lost", true);
        };
    }
}
