package dev.banyan.whatsapp.numbers;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Text;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.whatsapp.Pace;
import dev.banyan.whatsapp.PoolSettings;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderOverrides;
import dev.banyan.whatsapp.changes.SenderChanges;
import jakarta.inject.Singleton;

/// Changes the settings of senders and pools: names, purposes, tags, regions, weights, priorities, limits, strategies.
@Singleton
public record Tuning(SenderChanges changes) {

    private static final Pattern TAG = Pattern.compile("[a-z0-9][a-z0-9-]{0,29}");

    public Outcome<Sender> tune(AccountId tenant, Actor actor, SenderId id, TuningRequest wish) {
        return changes.write(tenant, change -> tune(change, actor, id, wish));
    }

    /// Changes a sender as part of a bulk action.
    Outcome<Sender> tune(SenderChanges.Change change, Actor actor, SenderId id, TuningRequest wish) {
        AccountId tenant = change.tenant();
        List<Invalid> invalid = TuningRequest.FIELDS.broken(wish);
        Optional<Sender> found = change.store().find(tenant, id);
        if (found.isEmpty()) {
            return Outcome.notFound();
        }
        if (!invalid.isEmpty()) {
            return Outcome.rejected(invalid);
        }
        Sender before = found.get();
        Sender after = tuned(before, wish);
        if (!after.equals(before)) {
            change.store().tune(tenant, after, change.now());
            change.done(actor, "SenderTuned", id, differences(before, after));
        }
        return Outcome.done(change.store().find(tenant, id).orElseThrow());
    }

    /// Returns the first broken rule of a list of tags.
    public static Optional<Invalid> brokenTags(List<String> tags) {
        if (tags.size() > SenderOverrides.MOST_TAGS) {
            return Optional.of(new Invalid("tags", "Use up to " + SenderOverrides.MOST_TAGS + " tags"));
        }
        return tags.stream()
                .filter(tag -> !TAG.matcher(tag).matches())
                .findFirst()
                .map(_ -> new Invalid(
                        "tags", "A tag has 1 to 30 lowercase letters, digits and hyphens, and starts with no hyphen"));
    }

    private static Optional<Invalid> outside(String field, Optional<Integer> number, int least, int most) {
        return number.filter(value -> value < least || value > most)
                .map(_ -> new Invalid(field, field + " must be between " + least + " and " + most));
    }

    private static Sender tuned(Sender sender, TuningRequest wish) {
        SenderOverrides traits = sender.traits();
        Pace pace = traits.pace();
        var after = new SenderOverrides(
                wish.tags()
                        .map(tags -> tags.stream().distinct().sorted().toList())
                        .orElse(traits.tags()),
                wish.region()
                        .map(region -> Optional.of(region(region)).filter(text -> !text.isEmpty()))
                        .orElse(traits.region()),
                wish.weight().orElse(traits.weight()),
                wish.priority().orElse(traits.priority()),
                new Pace(
                        limit(wish.perMinute(), pace.perMinute()),
                        limit(wish.perDay(), pace.perDay()),
                        wish.warmsUp().orElse(pace.warmsUp())));
        Sender.Role role = switch (sender.role()) {
            case Sender.Role.Master master -> master;
            case Sender.Role.Servant(SenderId master, String purpose) ->
                new Sender.Role.Servant(
                        master, wish.purpose().map(String::strip).orElse(purpose));
        };
        return sender.tuned(wish.displayName().map(Text::clean).orElse(sender.displayName()), role, after);
    }

    /// Normalizes a country code.
    public static String region(String typed) {
        return typed.strip().toUpperCase(Locale.ROOT);
    }

    private static Optional<Integer> limit(Optional<Integer> wanted, Optional<Integer> present) {
        return wanted.isEmpty() ? present : wanted.filter(number -> number > 0);
    }

    private static Map<String, Object> differences(Sender before, Sender after) {
        var differences = new LinkedHashMap<String, Object>();
        if (!before.displayName().equals(after.displayName())) {
            differences.put("name", after.displayName());
        }
        if (!before.purpose().equals(after.purpose())) {
            differences.put("purpose", after.purpose().orElse(""));
        }
        if (!before.traits().equals(after.traits())) {
            differences.put("traits", after.traits().toString());
        }
        return differences;
    }

    /// Replaces all settings of a pool.
    public Outcome<PoolSettings> tunePool(AccountId tenant, Actor actor, SenderId master, PoolSettings wanted) {
        List<Invalid> invalid = wanted.broken();
        return changes.write(tenant, change -> {
            if (change.store().find(tenant, master).filter(Sender::isMaster).isEmpty()) {
                return Outcome.notFound();
            }
            if (!invalid.isEmpty()) {
                return Outcome.rejected(invalid);
            }
            PoolSettings before = change.poolSettings().find(tenant, master);
            if (!before.equals(wanted)) {
                change.poolSettings().save(tenant, master, wanted, change.now());
                change.done(actor, "PoolTuned", master, Map.of("settings", wanted.toString()));
            }
            return Outcome.done(change.poolSettings().find(tenant, master));
        });
    }

    public static List<Invalid> broken(Pace pace) {
        return Stream.of(
                        outside("perMinute", pace.perMinute(), 1, Pace.MOST_PER_MINUTE),
                        outside("perDay", pace.perDay(), 1, Pace.MOST_PER_DAY))
                .flatMap(Optional::stream)
                .toList();
    }
}
