package dev.banyan.whatsapp.drivers;

import module java.base;
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
import dev.banyan.whatsapp.campaigns.TemplateCategories;
import dev.banyan.whatsapp.connections.ConnectionChanged;
import dev.banyan.whatsapp.messages.TemplateBook;
import io.quarkus.arc.All;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// The approved templates of the businesses that a pool's numbers belong to, read from their gateways and kept for a
/// short time.
@Singleton
public final class GatewayTemplates implements TemplateBook, TemplateCategories {

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
        return all(tenant, pool)
                .filter(MessageTemplate::isSendable)
                .map(GatewayTemplates::entry)
                .distinct()
                .sorted(Comparator.comparing(Entry::name).thenComparing(Entry::language))
                .toList();
    }

    private Stream<MessageTemplate> all(AccountId tenant, SenderId pool) {
        return pools.pool(tenant, pool).stream()
                .flatMap(Pool::senders)
                .map(Sender::key)
                .flatMap(key -> lines.of(key).stream())
                .map(Line::gateway)
                .distinct()
                .flatMap(gateway -> read(gateway) instanceof GatewayAnswer.Done(List<MessageTemplate> found)
                        ? found.stream()
                        : Stream.empty());
    }

    /// Returns the templates of a gateway, whatever their state, as they were read last.
    public GatewayAnswer<List<MessageTemplate>> read(GatewayAccess access) {
        Optional<List<MessageTemplate>> kept =
                Optional.ofNullable(known.getIfPresent(access.connection().id()));
        return kept.map(GatewayAnswer::done).orElseGet(() -> {
            GatewayAnswer<List<MessageTemplate>> answer = with(access, gateway -> gateway.templates(access));
            if (answer instanceof GatewayAnswer.Done(List<MessageTemplate> found)) {
                known.asMap().putIfAbsent(access.connection().id(), found);
            }
            return answer;
        });
    }

    private <T> GatewayAnswer<T> with(GatewayAccess access, Function<Gateway, GatewayAnswer<T>> ask) {
        return Optional.ofNullable(gateways.get(access.connection().driver()))
                .filter(one -> one.capabilities(access.connection()).contains(Capability.TEMPLATE))
                .map(ask)
                .orElseGet(() -> GatewayAnswer.failed(
                        GatewayAnswer.Trouble.Kind.UNSUPPORTED,
                        access.connection().driver().title() + " has no templates."));
    }

    /// Submits a template, or changes one.
    ///
    /// @param before the template as it is now; empty: a new one
    /// @return its id
    public GatewayAnswer<String> save(GatewayAccess access, Optional<MessageTemplate> before, TemplateDraft draft) {
        return changed(access, with(access, gateway -> gateway.saveTemplate(access, before, draft)));
    }

    /// Deletes a template in all languages.
    ///
    /// @param id of the only one that is deleted
    public GatewayAnswer<Boolean> delete(GatewayAccess access, String name, Optional<String> id) {
        return changed(access, with(access, gateway -> gateway.deleteTemplate(access, name, id)));
    }

    /// Uploads an example of a header that is a file.
    ///
    /// @return what a [TemplateDraft.Header] calls it
    public GatewayAnswer<String> upload(GatewayAccess access, String name, String type, byte[] bytes) {
        return with(access, gateway -> gateway.templateFile(access, name, type, bytes));
    }

    /// What failed may have been done all the same.
    private <T> GatewayAnswer<T> changed(GatewayAccess access, GatewayAnswer<T> answer) {
        forget(access.connection().id());
        return answer;
    }

    @Override
    public Optional<String> category(AccountId tenant, SenderId pool, String name, String language) {
        return all(tenant, pool)
                .filter(one -> one.name().equals(name) && one.language().equals(language))
                .map(one -> one.category().toLowerCase(Locale.ROOT))
                .filter(category -> !category.isEmpty())
                .findFirst();
    }

    /// Reads the templates of a gateway again.
    public void forget(ConnectionId connection) {
        known.invalidate(connection);
    }

    void connectionChanged(@Observes ConnectionChanged changed) {
        forget(changed.connection());
    }

    /// Returns what it takes to send a template.
    public static Entry entry(MessageTemplate template) {
        Matcher header = PLACEHOLDER.matcher(template.header());
        return new Entry(
                template.name(),
                template.language(),
                template.body(),
                (int) header.results().count(),
                template.names(),
                template.isNamed(),
                template.buttons().stream()
                        .map(button -> new Button(button.text(), kind(button)))
                        .toList());
    }

    private static String kind(MessageTemplate.Button button) {
        return !button.takesValue() ? "" : button.kind().equals("COPY_CODE") ? "copy_code" : "url";
    }
}
