package dev.banyan.whatsapp.drivers;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.banyan.platform.AccountId;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.Driver.Capability;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.Pool;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.connections.ConnectionChanged;
import dev.banyan.whatsapp.sending.TemplateBook;
import io.quarkus.arc.All;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The approved templates of the businesses that a pool's numbers belong to, read from their gateways and kept for a
/// short time.
@Singleton
public final class GatewayTemplates implements TemplateBook {

    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final int MOST = 1_000;
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{[^{}]+}}");

    private final Pools pools;
    private final Lines lines;
    private final Map<DriverKind, Gateway> gateways = new EnumMap<>(DriverKind.class);
    private final Cache<ConnectionId, List<MessageTemplate>> known =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KEPT).build();

    public GatewayTemplates(Pools pools, Lines lines, @All List<Gateway> gateways) {
        this.pools = pools;
        this.lines = lines;
        gateways.forEach(gateway -> this.gateways.put(gateway.kind(), gateway));
    }

    @Override
    public List<Entry> of(AccountId tenant, SenderId pool) {
        return pools.pool(tenant, pool).stream()
                .flatMap(Pool::senders)
                .map(Sender::key)
                .flatMap(key -> lines.of(key).stream())
                .map(Line::gateway)
                .distinct()
                .flatMap(gateway -> of(gateway).stream())
                .filter(MessageTemplate::isSendable)
                .map(GatewayTemplates::entry)
                .distinct()
                .sorted(Comparator.comparing(Entry::name).thenComparing(Entry::language))
                .toList();
    }

    /// Returns the templates of a gateway, whatever their state; none if it has none or doesn't answer.
    public List<MessageTemplate> of(GatewayAccess access) {
        Optional<Gateway> gateway = Optional.ofNullable(gateways.get(access.connection().driver()))
                .filter(one -> one.capabilities(access.connection()).contains(Capability.TEMPLATE));
        Optional<List<MessageTemplate>> kept =
                Optional.ofNullable(known.getIfPresent(access.connection().id()));
        if (gateway.isEmpty() || kept.isPresent()) {
            return kept.orElse(List.of());
        }
        return switch (gateway.get().templates(access)) {
            case GatewayAnswer.Done<List<MessageTemplate>>(List<MessageTemplate> read) -> {
                known.put(access.connection().id(), read);
                yield read;
            }
            case GatewayAnswer.Failed<List<MessageTemplate>> _ -> List.of();
        };
    }

    /// Reads the templates of a gateway again.
    public void forget(ConnectionId connection) {
        known.invalidate(connection);
    }

    void connectionChanged(@Observes ConnectionChanged changed) {
        forget(changed.connection());
    }

    private static Entry entry(MessageTemplate template) {
        Matcher header = PLACEHOLDER.matcher(template.header());
        return new Entry(
                template.name(),
                template.language(),
                template.body(),
                (int) header.results().count(),
                template.names(),
                template.isNamed(),
                template.buttons().stream()
                        .map(button -> button.takesValue() ? button.text() : "")
                        .toList());
    }
}
