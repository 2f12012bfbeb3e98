package dev.banyan.whatsapp.campaigns;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.web.json.ApiDescription;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.history.PortfolioPlaces;
import dev.banyan.whatsapp.optouts.OptOutSettings;
import dev.banyan.whatsapp.optouts.OptOutSettingsStore;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// Says what a campaign would do, without doing it.
@Singleton
public final class CampaignCheck {

    /// What WhatsApp charges for messages that are no templates as: nothing, within the 24 hours after a contact wrote.
    static final String SERVICE = "service";
    /// A template whose category nobody has said.
    static final String UNKNOWN_TEMPLATE = "template";

    private static final int AT_ONCE = 1_000;

    /// What a campaign would do.
    ///
    /// @param messages how many it would send
    /// @param costs how many, by what WhatsApp charges them as: a template’s category, or `service`
    /// @param firstContacts how many of them never wrote
    /// @param startsAt when the first message would leave
    /// @param warnings as full sentences
    @Schema(
            name = "CampaignForecast",
            extensions = @Extension(name = ApiDescription.ENVELOPE, value = "ForecastAnswer"))
    @JsonInclude(Include.NON_ABSENT)
    public record Forecast(
            @Schema(description = "Lines of the list") long total,
            long messages,

            @Schema(
                    description = "Messages by what WhatsApp charges them as: `marketing`, `utility`,"
                            + " `authentication`, `service`, or `template` for a template of unknown category")
            Map<String, Long> costs,

            long duplicates,
            long invalid,
            long optedOut,

            @Schema(description = "Contacts who never wrote to the pool")
            long firstContacts,

            @Schema(description = "How many of them it writes to per day; absent: any number")
            Optional<Long> firstContactsPerDay,

            @Schema(description = "Fields without a default, and how many recipients lack them")
            Map<String, Long> missingFields,

            Instant startsAt,

            @Schema(description = "When the last message leaves, by the pool’s limits; absent if no number can send")
            Optional<Instant> endsAt,

            List<String> warnings) {}

    private final Database database;
    private final List<TemplateCategories> categories;
    private final Clock clock;

    public CampaignCheck(Database database, @All List<TemplateCategories> categories, Clock clock) {
        this.database = database;
        this.categories = List.copyOf(categories);
        this.clock = clock;
    }

    public Optional<Forecast> run(AccountId tenant, UUID id) {
        Optional<Campaign> found = database.read(tenant, tx -> new CampaignStore(tx).find(tenant, id));
        return found.map(campaign -> {
            Map<String, Long> missing = missing(campaign);
            String category = category(campaign);
            return forecast(campaign, missing, category);
        });
    }

    private String category(Campaign campaign) {
        return campaign.message().template().isEmpty()
                ? SERVICE
                : TemplateCategories.of(campaign, categories).orElse(UNKNOWN_TEMPLATE);
    }

    /// Counts the recipients who lack a field, page by page: there may be many.
    private Map<String, Long> missing(Campaign campaign) {
        Set<String> needed = campaign.message().needed();
        var missing = new LinkedHashMap<String, Long>();
        Optional<Long> last = needed.isEmpty() ? Optional.empty() : Optional.of(0L);
        while (last.isPresent()) {
            long after = last.get();
            List<Recipient> page = database.read(
                    campaign.tenant(),
                    tx -> new RecipientStore(tx)
                            .list(
                                    campaign.tenant(),
                                    campaign.id(),
                                    Optional.of(RecipientState.PENDING),
                                    after,
                                    AT_ONCE));
            for (Recipient one : page) {
                Map<String, String> values = one.values();
                for (String field : needed) {
                    if (values.getOrDefault(field, "").isBlank()) {
                        missing.merge(field, 1L, Long::sum);
                    }
                }
            }
            last = page.size() < AT_ONCE
                    ? Optional.empty()
                    : Optional.of(page.getLast().position());
        }
        return missing;
    }

    private Forecast forecast(Campaign campaign, Map<String, Long> missing, String category) {
        AccountId tenant = campaign.tenant();
        Instant now = clock.instant();
        return database.read(tx -> {
            RecipientCounts counts = new CampaignCountStore(tx).of(tenant, campaign.id());
            var recipients = new RecipientStore(tx);
            long outSince = recipients.optedOutSince(tenant, campaign.id(), false);
            long messages = Math.max(0, counts.of(RecipientState.PENDING) - outSince);
            long first = recipients.firstContacts(tenant, campaign.id())
                    - recipients.optedOutSince(tenant, campaign.id(), true);
            OptOutSettings settings = new OptOutSettingsStore(tx).find(tenant);
            Optional<CampaignNumbers> numbers = CampaignNumbers.of(tx, tenant, campaign.pool());
            Instant start = campaign.startAt().filter(time -> time.isAfter(now)).orElse(now);
            Optional<PortfolioPlaces.Left> places =
                    numbers.flatMap(known -> known.places(tx, tenant, campaign.message(), now));
            Optional<Instant> end = numbers.flatMap(known -> new CampaignSpeed(
                            known, settings.firstContactsPerDay(), Optional.empty(), places)
                    .end(
                            new CampaignSpeed.Work(messages - first, first),
                            start,
                            new FirstContacts(tx, tenant, known, settings.firstContactsPerDay(), now).left()));
            Optional<Long> perDay = numbers.flatMap(known -> firstPerDay(known, settings));
            return new Forecast(
                    counts.total(),
                    messages,
                    messages == 0 ? Map.of() : Map.of(category, messages),
                    counts.of(RecipientState.DUPLICATE),
                    counts.of(RecipientState.INVALID),
                    counts.of(RecipientState.OPTED_OUT) + outSince,
                    first,
                    perDay,
                    missing,
                    start,
                    end,
                    Stream.concat(
                                    warnings(tx, campaign, numbers, missing, first, perDay).stream(),
                                    places
                                            .filter(left -> messages > left.people())
                                            .map(CampaignCheck::limited)
                                            .stream())
                            .toList());
        });
    }

    private static Optional<Long> firstPerDay(CampaignNumbers numbers, OptOutSettings settings) {
        List<Sender> open = numbers.open();
        return open.stream().allMatch(CampaignNumbers::isLinkedByCode)
                ? Optional.of((long) open.size() * settings.firstContactsPerDay())
                : Optional.empty();
    }

    private static String limited(PortfolioPlaces.Left left) {
        return ("WhatsApp lets the numbers’ business portfolio write to %,d people in 24 hours, and %,d are reached"
                        + " already. The campaign waits when the limit is reached, and goes on by itself.")
                .formatted(left.most(), left.reached());
    }

    private static List<String> warnings(
            Tx tx,
            Campaign campaign,
            Optional<CampaignNumbers> numbers,
            Map<String, Long> missing,
            long first,
            Optional<Long> perDay) {
        Optional<String> trouble = CampaignActs.poolTrouble(tx, campaign);
        var warnings = new ArrayList<>(trouble.stream().toList());
        if (numbers.isEmpty()) {
            return warnings;
        }
        if (trouble.isEmpty() && numbers.get().areForCodes()) {
            warnings.add(CampaignSteps.CODES_STAND_IN);
        }
        if (numbers.get().working().isEmpty()) {
            warnings.add("No number of the pool can send right now.");
        }
        missing.forEach((field, count) ->
                warnings.add("%,d recipients have no value for {{%s}}. Give it a default, such as {{%s|there}}."
                        .formatted(count, field, field)));
        campaign.message().bare().stream()
                .map("“%1$s” isn’t a field, so it’s sent unchanged. Write {%1$s} to insert one."::formatted)
                .forEach(warnings::add);
        perDay.filter(most -> first > most)
                .ifPresent(most -> warnings.add(
                        "%,d recipients never wrote to this pool. The campaign writes to %,d of them per day. %s"
                                .formatted(first, most, OptOutSettings.WHY_LIMITED)));
        boolean hasCloud =
                numbers.get().senders().stream().anyMatch(one -> one.driver().isBusinessPlatform());
        boolean isTemplate = campaign.message().template().isPresent();
        if (hasCloud && !isTemplate) {
            warnings.add("Numbers of the WhatsApp Cloud API send texts only to contacts who wrote in the last 24 hours."
                    + " Use a template to reach the others.");
        }
        if (!hasCloud
                && isTemplate
                && numbers.get().senders().stream().allMatch(one -> one.driver().isReal())) {
            warnings.add("No number of the pool can send templates. Use a text.");
        }
        return warnings;
    }
}
