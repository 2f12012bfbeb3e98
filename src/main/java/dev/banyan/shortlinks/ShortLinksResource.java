package dev.banyan.shortlinks;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.context.AccountRequest;
import dev.banyan.accounts.plans.AccountDays;
import dev.banyan.accounts.plans.FeatureFailure;
import dev.banyan.platform.Changes;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.json.JsonResource;
import dev.banyan.platform.web.json.NoOtherFields;
import dev.banyan.platform.web.json.NullIsNone;
import dev.banyan.platform.web.request.PageQuery;
import dev.banyan.shortlinks.Routing.Utm;
import dev.banyan.shortlinks.Routing.Variant;
import dev.banyan.shortlinks.ShortLinkChange.TypedRule;
import dev.banyan.shortlinks.ShortLinkQuery.Cursor;
import dev.banyan.shortlinks.ShortLinkQuery.Order;
import dev.banyan.shortlinks.ShortLinkQuery.State;
import dev.banyan.shortlinks.ShortLinks.Applied;
import dev.banyan.shortlinks.ShortLinks.Step;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Short links in the API (LinkToMe contract 2.7), with more fields than its front end knows.
@Path("/api/admin")
@RunOnVirtualThread
@JsonResource
@Tag(name = "Short links", description = "Short addresses that redirect, and their destinations.")
class ShortLinksResource {

    /// All conditions must match; the first matching rule wins.
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @NoOtherFields
    record RuleView(
            @Schema(description = "`phone`, `tablet`, `computer`, `ios` or `android`")
            Optional<String> device,

            @Schema(description = "The visitor's preferred language, such as de")
            Optional<String> language,

            @Schema(description = "Two letters, such as DE; never matches if the server has no country database")
            Optional<String> country,

            @Schema(description = "ISO 8601") Optional<String> from,

            @Schema(description = "ISO 8601") Optional<String> until,

            @Schema(description = "http or https, at most 2048 characters")
            Optional<String> targetUrl) {

        static RuleView of(TypedRule rule) {
            return new RuleView(
                    some(rule.device()),
                    some(rule.language()),
                    some(rule.country()),
                    some(rule.from()),
                    some(rule.until()),
                    some(rule.target()));
        }

        private static Optional<String> some(String text) {
            return text.isEmpty() ? Optional.empty() : Optional.of(text);
        }

        TypedRule typed() {
            return new TypedRule(
                    device.orElse(""),
                    language.orElse(""),
                    country.orElse(""),
                    from.orElse(""),
                    until.orElse(""),
                    targetUrl.orElse(""));
        }
    }

    @NoOtherFields
    record VariantView(
            @Schema(description = "http or https, at most 2048 characters")
            Optional<String> targetUrl,

            @Schema(description = "Its weight, 0 to 1000; 1 if absent")
            Optional<Integer> weight) {

        static VariantView of(Variant variant) {
            return new VariantView(Optional.of(variant.target()), Optional.of(variant.weight()));
        }

        Variant typed() {
            return new Variant(targetUrl.orElse(""), weight.orElse(1));
        }
    }

    @NoOtherFields
    record UtmView(
            Optional<String> source,
            Optional<String> medium,
            Optional<String> campaign,
            Optional<String> term,
            Optional<String> content) {

        static UtmView of(Utm utm) {
            return new UtmView(
                    Optional.of(utm.source()),
                    Optional.of(utm.medium()),
                    Optional.of(utm.campaign()),
                    Optional.of(utm.term()),
                    Optional.of(utm.content()));
        }

        Changes<ShortLink> over(Changes<ShortLink> others) {
            return others.with(ShortLinkChange.UTM_SOURCE, source.orElse(""))
                    .with(ShortLinkChange.UTM_MEDIUM, medium.orElse(""))
                    .with(ShortLinkChange.UTM_CAMPAIGN, campaign.orElse(""))
                    .with(ShortLinkChange.UTM_TERM, term.orElse(""))
                    .with(ShortLinkChange.UTM_CONTENT, content.orElse(""));
        }
    }

    /// @param exceedsTierLimit kept but not redirecting, because it is beyond the plan's limit
    /// @param weight of `targetUrl` among the variants
    /// @param kind `url`, or `whatsapp` for one that opens a chat with the healthiest number of a pool
    /// @param pool the master of that pool; empty for the pool that works for the account
    /// @param text the prefilled message of that chat
    /// @param forwardQuery whether the query of its own address is added to the destination
    record ShortLinkView(
            ShortLinkId id,
            String slug,
            String targetUrl,
            String title,
            boolean active,
            long clicks,
            Instant createdAt,
            @JsonInclude(JsonInclude.Include.ALWAYS) Optional<Instant> lastClickedAt,
            boolean exceedsTierLimit,
            List<String> tags,
            Optional<Instant> startsAt,
            Optional<Instant> endsAt,

            @Schema(description = "Empty if there is none") String fallbackUrl,

            boolean hasPassword,
            Optional<Long> clickLimit,
            UtmView utm,
            List<RuleView> rules,
            int weight,
            List<VariantView> variants,
            String timezone,
            String kind,
            String pool,
            String text,
            boolean forwardQuery) {

        static ShortLinkView of(ShortLink link, boolean overPlan) {
            return new ShortLinkView(
                    link.id(),
                    link.slug(),
                    link.target(),
                    link.title(),
                    link.active(),
                    link.clicks(),
                    link.createdAt(),
                    link.lastClickedAt(),
                    overPlan,
                    link.tags(),
                    link.startsAt(),
                    link.endsAt(),
                    link.fallback(),
                    link.hasPassword(),
                    link.clickLimit(),
                    UtmView.of(link.routing().utm()),
                    link.routing().rules().stream()
                            .map(rule -> RuleView.of(TypedRule.of(rule)))
                            .toList(),
                    link.routing().weight(),
                    link.routing().variants().stream().map(VariantView::of).toList(),
                    link.routing().zone(),
                    link.routing().chat().kind(),
                    link.routing().chat().pool(),
                    link.routing().chat().text(),
                    link.routing().forwardsQuery());
        }
    }

    /// @param total number of short links that the filters find, on all pages
    /// @param nextCursor value of `after` for the next part; absent in the last one
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record ShortLinkList(List<ShortLinkView> shortLinks, long total, Optional<String> nextCursor) {}

    record ShortLinkStepBody(
            @Schema(description = "`add`, `update` or `remove`")
            Optional<String> operation,

            @Schema(description = "The short link; required for update and remove. For add the same as customSlug")
            Optional<String> slug,

            @Schema(description = "For add: 3 to 30 characters of a-z, 0-9 and single hyphens; random if absent")
            Optional<String> customSlug,

            @Schema(description = "http or https, at most 2048 characters; required for add, unless kind is whatsapp")
            Optional<String> targetUrl,

            @Schema(description = "At most 100 characters") Optional<String> title,

            @Schema(description = "Whether it is active; true if absent in add")
            Optional<Boolean> active,

            @Schema(description = "At most 10, each at most 30 letters, digits and hyphens")
            Optional<List<String>> tags,

            @Schema(description = "ISO 8601; an empty string removes it")
            @JsonDeserialize(using = NullIsNone.Text.class)
            Optional<String> startsAt,

            @Schema(description = "ISO 8601; an empty string removes it")
            @JsonDeserialize(using = NullIsNone.Text.class)
            Optional<String> endsAt,

            @Schema(description = "Where visitors go after it has ended; an empty string removes it")
            Optional<String> fallbackUrl,

            @Schema(description = "4 to 128 characters; an empty string removes it")
            Optional<String> password,

            @Schema(description = "1 to 1000000000; 0 removes it") @JsonDeserialize(using = NullIsNone.Count.class)
            Optional<Long> clickLimit,

            @Schema(description = "Added to the query of the target; an empty string adds nothing")
            Optional<UtmView> utm,

            @Schema(description = "At most 10; the first that matches wins")
            Optional<List<RuleView>> rules,

            @Schema(description = "Weight of targetUrl among the variants, 0 to 1000; 1 by default")
            Optional<Integer> weight,

            @Schema(description = "At most 9 more destinations that share the visitors with targetUrl")
            Optional<List<VariantView>> variants,

            @Schema(description = "Its IANA time zone; empty means UTC. Left out, a new link has the account's")
            Optional<String> timezone,

            @Schema(
                    description =
                            "url (the default) or whatsapp, which opens a chat with the healthiest number of a pool")
            Optional<String> kind,

            @Schema(
                    description =
                            "With whatsapp: id of the pool's master; empty for the pool that works for the account")
            Optional<String> pool,

            @Schema(description = "With whatsapp: the prefilled message, at most 1000 characters")
            Optional<String> text,

            @Schema(description = "Whether the query of the short link is added to the destination; false by default")
            Optional<Boolean> forwardQuery) {

        /// @param ofAccount the zone of its times if they have neither a zone nor offsets
        Changes<ShortLink> patchOfNew(ZoneId ofAccount) {
            boolean isTimed = !(startsAt.orElse("") + endsAt.orElse("")).isBlank() || rules.isPresent();
            return isTimed && timezone.isEmpty() && !ofAccount.normalized().equals(ZoneOffset.UTC)
                    ? patch().with(ShortLinkChange.ZONE, ofAccount.getId())
                    : patch();
        }

        Changes<ShortLink> patch() {
            Changes<ShortLink> others = Changes.<ShortLink>none()
                    .withIf(ShortLinkChange.KIND, kind)
                    .withIf(ShortLinkChange.POOL, pool)
                    .withIf(ShortLinkChange.TEXT, text)
                    .withIf(ShortLinkChange.TARGET, targetUrl)
                    .withIf(ShortLinkChange.TITLE, title)
                    .withIf(ShortLinkChange.ACTIVE, active)
                    .withIf(ShortLinkChange.TAGS, tags)
                    .withIf(ShortLinkChange.STARTS_AT, startsAt)
                    .withIf(ShortLinkChange.ENDS_AT, endsAt)
                    .withIf(ShortLinkChange.FALLBACK, fallbackUrl)
                    .withIf(ShortLinkChange.PASSWORD, password)
                    .withIf(ShortLinkChange.CLICK_LIMIT, clickLimit)
                    .withIf(
                            ShortLinkChange.RULES,
                            rules.map(list -> list.stream().map(RuleView::typed).toList()))
                    .withIf(ShortLinkChange.WEIGHT, weight.map(Integer::longValue))
                    .withIf(
                            ShortLinkChange.VARIANTS,
                            variants.map(list ->
                                    list.stream().map(VariantView::typed).toList()))
                    .withIf(ShortLinkChange.ZONE, timezone)
                    .withIf(ShortLinkChange.FORWARD_QUERY, forwardQuery);
            return utm.map(typed -> typed.over(others)).orElse(others);
        }
    }

    record ShortLinkBatchBody(Optional<List<ShortLinkStepBody>> shortLinks) {}

    record CreatedView(String slug, String targetUrl, String title) {}

    /// @param warnings names what was to be removed and isn't there
    record ShortLinksDone(
            boolean success,
            String message,
            List<CreatedView> created,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> warnings) {}

    /// The error if the tier's limit is reached.
    record RoomFailure(String error, long currentCount, long limit) {}

    private final ShortLinks links;
    private final AccountDays days;

    ShortLinksResource(ShortLinks links, AccountDays days) {
        this.links = links;
        this.days = days;
    }

    @GET
    @Path("getShortLinks")
    @Operation(summary = "List the short links, or those that a search finds, most clicked first")
    @APIResponseSchema(value = ShortLinkList.class, responseDescription = "All of them, or one page")
    @APIResponse(responseCode = "400", description = "limit or after is invalid")
    @APIResponse(responseCode = "404", description = "The named account is not managed by the caller")
    public ShortLinkList list(
            @Context AccountRequest request,
            @BeanParam PageQuery page,
            @Parameter(description = "Words in the slug, destination or title") @QueryParam("search") @DefaultValue("")
                    String search,
            @Parameter(description = "Only those with this tag") @QueryParam("tag") @DefaultValue("") String tag) {
        PageQuery.Slice<Cursor> slice = page.slice(Cursor::parse);
        var query =
                new ShortLinkQuery(search.strip(), tag.strip(), State.ANY, Order.CLICKS, slice.after(), slice.limit());
        var listed = links.list(request.context(), query);
        return new ShortLinkList(
                listed.links().stream()
                        .map(link -> ShortLinkView.of(link, listed.isOverPlan(link)))
                        .toList(),
                query.isFiltered() ? found(request, query, listed) : listed.total(),
                listed.more() ? Optional.of(Cursor.of(listed.links().getLast()).toString()) : Optional.empty());
    }

    /// Counts only what the answer doesn't hold as a whole.
    private long found(AccountRequest request, ShortLinkQuery query, ShortLinks.Listed listed) {
        boolean isWhole = query.after().isEmpty() && !listed.more();
        return isWhole ? listed.links().size() : links.count(request.context(), query);
    }

    @PUT
    @Path("updateShortLinks")
    @Operation(summary = "Add, change and remove short links in one transaction")
    @APIResponseSchema(value = ShortLinksDone.class, responseDescription = "Applied")
    @APIResponse(responseCode = "400", description = "A step is invalid; the error names the field and the rule")
    @APIResponse(responseCode = "403", description = "The tier includes no short links, or its limit is reached")
    @APIResponse(responseCode = "404", description = "The account has no short link with this slug")
    public ShortLinksDone update(@Context AccountRequest request, ShortLinkBatchBody body) {
        List<Step> steps = new ArrayList<>();
        ZoneId zone = days.zone(request.context().owner().tenant());
        for (ShortLinkStepBody step : body.shortLinks().orElse(List.of())) {
            steps.add(read("shortLinks[" + steps.size() + "]: ", step, zone));
        }
        if (steps.isEmpty()) {
            throw AccountRequest.refused(400, "shortLinks is required, with at least one step");
        }
        return done(links.apply(request.context(), steps));
    }

    private static Step read(String place, ShortLinkStepBody body, ZoneId zone) {
        String operation = body.operation().orElse("").toLowerCase(Locale.ROOT);
        Optional<String> slug = body.slug().filter(text -> !text.isBlank());
        if (slug.isEmpty() && List.of("update", "remove").contains(operation)) {
            throw AccountRequest.refused(400, place + "slug is required");
        }
        return switch (operation) {
            case "add" -> new Step.Add(wantedSlug(place, slug, body.customSlug()), body.patchOfNew(zone));
            case "update" -> new Step.Update(slug.orElseThrow(), AccountRequest.asked(place, body.patch()));
            case "remove" -> new Step.Remove(slug.orElseThrow());
            default -> throw AccountRequest.refused(400, place + "operation must be add, update or remove");
        };
    }

    /// Returns the slug of a new short link, whichever of its two names it came under.
    private static Optional<String> wantedSlug(String place, Optional<String> slug, Optional<String> customSlug) {
        Optional<String> custom = customSlug.filter(text -> !text.isBlank());
        if (slug.isPresent() && custom.isPresent() && !slug.equals(custom)) {
            throw AccountRequest.refused(400, place + "slug and customSlug must be the same");
        }
        return custom.or(() -> slug);
    }

    private static ShortLinksDone done(Applied applied) {
        return switch (applied) {
            case Applied.Done done ->
                new ShortLinksDone(
                        true,
                        "Short links updated successfully",
                        done.created().stream()
                                .map(link -> new CreatedView(link.slug(), link.target(), link.title()))
                                .toList(),
                        done.unknown().stream()
                                .map(slug -> "There is no short link to remove: " + slug)
                                .toList());
            case Applied.UnknownSlug _ -> throw AccountRequest.refused(404, "Short link not found");
            case Applied.SlugTaken taken ->
                throw invalid(
                        taken.step(),
                        new Invalid("customSlug", "The slug “" + taken.slug() + "” is taken; choose another one"));
            case Applied.TooManySteps _ ->
                throw AccountRequest.refused(
                        400, "At most " + ShortLinks.MOST_IN_A_BATCH + " short links can be changed at once");
            case Applied.LimitReached reached
            when reached.max() == 0 ->
                throw AccountRequest.refused(
                        403,
                        new FeatureFailure(
                                limitText(reached), true, reached.tier().key(), "shortLinks"));
            case Applied.LimitReached reached ->
                throw AccountRequest.refused(403, new RoomFailure(limitText(reached), reached.used(), reached.max()));
            case Applied.Rejected rejected ->
                throw invalid(rejected.step(), rejected.invalid().getFirst());
        };
    }

    private static EarlyAnswer invalid(int step, Invalid invalid) {
        String place = "shortLinks[" + step + "]";
        return AccountRequest.invalid(new Invalid(place + "." + invalid.field(), place + ": " + invalid.apiMessage()));
    }

    static String limitText(Applied.LimitReached reached) {
        Tier tier = reached.tier();
        return reached.max() == 0
                ? "The " + tier.label() + " plan doesn't include short links. Upgrade the plan to use them"
                : "Short link limit exceeded. The " + tier.label() + " plan allows " + reached.max() + " short links";
    }
}
