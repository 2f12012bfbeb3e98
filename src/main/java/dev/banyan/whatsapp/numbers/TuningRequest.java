package dev.banyan.whatsapp.numbers;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.fields.Field;
import dev.banyan.platform.fields.Field.Door;
import dev.banyan.platform.fields.Fields;
import dev.banyan.platform.fields.Fields.Input;
import dev.banyan.platform.fields.Kind;
import dev.banyan.whatsapp.Pace;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderOverrides;

/// The changes of one sender; empty fields stay unchanged.
///
/// @param purpose of a servant
/// @param tags the complete new list
/// @param region a country such as `AE`; blank for none
/// @param priority of a master, also its order among backup masters
/// @param perMinute 0: as its pool
/// @param perDay 0: as its pool
/// @param warmsUp empty inside: as its pool
public record TuningRequest(
        Optional<String> displayName,
        Optional<String> purpose,
        Optional<List<String>> tags,
        Optional<String> region,
        Optional<Integer> weight,
        Optional<Integer> priority,
        Optional<Integer> perMinute,
        Optional<Integer> perDay,
        Optional<Optional<Boolean>> warmsUp) {

    public static final TuningRequest NOTHING =
            ofTraits(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public static final Fields<TuningRequest> FIELDS = new Fields<>(NOTHING, TuningRequest::of);

    private static final Kind<String> TEXT = Kind.text(Optional::of, text -> text, "");
    private static final Kind<Optional<Boolean>> WARMING = new Kind<>(
            Kind.Shape.FLAG,
            given -> given.equals("pool")
                    ? Optional.of(Optional.empty())
                    : Kind.onOff().optional().reading().apply(given),
            warmsUp -> warmsUp.map(Object.class::cast),
            "must be on, off or pool");
    private static final Field<TuningRequest, Optional<String>> NAME = FIELDS.add(
                    "displayName", TEXT.optional(), TuningRequest::displayName)
            .called("name", Door.CONSOLE)
            .checked(name -> name.flatMap(Senders.DISPLAY_NAME::broken));
    private static final Field<TuningRequest, Optional<String>> PURPOSE = FIELDS.add(
                    "purpose", TEXT.optional(), TuningRequest::purpose)
            .checked(purpose -> purpose.flatMap(Senders.PURPOSE::broken));
    private static final Field<TuningRequest, Optional<List<String>>> TAGS = FIELDS.add(
                    "tags", Kind.tags().optional(), TuningRequest::tags)
            .checked(tags -> tags.flatMap(Tuning::brokenTags));
    private static final Field<TuningRequest, Optional<String>> REGION = FIELDS.add(
                    "region", TEXT.optional(), TuningRequest::region)
            .checked(region -> region.map(Tuning::region)
                    .filter(code -> !code.isEmpty() && !Phone.isRegion(code))
                    .map(_ -> new Invalid("region", "Region must be a country code such as AE")));
    private static final Field<TuningRequest, Optional<Integer>> WEIGHT =
            number("weight", TuningRequest::weight).required("Weight").between(1, SenderOverrides.HEAVIEST);
    private static final Field<TuningRequest, Optional<Integer>> PRIORITY =
            number("priority", TuningRequest::priority).required("Priority").between(1, SenderOverrides.LAST);
    private static final Field<TuningRequest, Optional<Integer>> PER_MINUTE =
            number("perMinute", TuningRequest::perMinute).none(Optional.of(0)).between(0, Pace.MOST_PER_MINUTE);
    private static final Field<TuningRequest, Optional<Integer>> PER_DAY =
            number("perDay", TuningRequest::perDay).none(Optional.of(0)).between(0, Pace.MOST_PER_DAY);
    private static final Field<TuningRequest, Optional<Optional<Boolean>>> WARM_UP = FIELDS.add(
                    "warmUp", WARMING.optional(), TuningRequest::warmsUp)
            .called("warmsUp", Door.FORM, Door.FILE)
            .none(Optional.of(Optional.empty()));

    private static Field<TuningRequest, Optional<Integer>> number(
            String name, Function<TuningRequest, Optional<Integer>> getter) {
        return FIELDS.add(name, Kind.number().optional(), getter);
    }

    private static TuningRequest of(Input<TuningRequest> input) {
        return new TuningRequest(
                input.get(NAME),
                input.get(PURPOSE),
                input.get(TAGS),
                input.get(REGION),
                input.get(WEIGHT),
                input.get(PRIORITY),
                input.get(PER_MINUTE),
                input.get(PER_DAY),
                input.get(WARM_UP));
    }

    /// Changes the tags, the region, the weight and the priority.
    public static TuningRequest ofTraits(
            Optional<List<String>> tags,
            Optional<String> region,
            Optional<Integer> weight,
            Optional<Integer> priority) {
        return new TuningRequest(
                Optional.empty(),
                Optional.empty(),
                tags,
                region,
                weight,
                priority,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /// Returns the request that would change nothing of a sender.
    public static TuningRequest unchanged(Sender sender) {
        SenderOverrides traits = sender.traits();
        return new TuningRequest(
                Optional.of(sender.displayName()),
                sender.purpose(),
                Optional.of(traits.tags()),
                traits.region(),
                Optional.of(traits.weight()),
                Optional.of(traits.priority()),
                traits.pace().perMinute(),
                traits.pace().perDay(),
                Optional.of(traits.pace().warmsUp()));
    }

    public TuningRequest withTags(List<String> wanted) {
        return new TuningRequest(
                displayName, purpose, Optional.of(wanted), region, weight, priority, perMinute, perDay, warmsUp);
    }

    public TuningRequest withPriority(int wanted) {
        return new TuningRequest(
                displayName, purpose, tags, region, weight, Optional.of(wanted), perMinute, perDay, warmsUp);
    }
}
