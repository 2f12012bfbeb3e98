package dev.banyan.whatsapp.configfile;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.PoolSettings;
import dev.banyan.whatsapp.PoolSettingsStore;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderOverrides;
import dev.banyan.whatsapp.SenderState;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.UnknownFields;
import dev.banyan.whatsapp.configfile.BotsConfigSenders.FileSender;
import dev.banyan.whatsapp.registry.SenderChanges;
import dev.banyan.whatsapp.registry.SenderChanges.Change;
import dev.banyan.whatsapp.session.LiveSenders;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Imports a `bots-config.json`, as a whole or not at all: senders in the file are added or updated; others stay
/// unchanged. Importing the same file again changes nothing.
@Singleton
public final class ConfigImport {

    /// Size limit in bytes; a larger file is refused unread.
    public static final int LARGEST = 10 * 1024 * 1024;

    private static final int CONFLICTS_TOLD = 200;

    /// The result of an import.
    public sealed interface Imported {

        /// @param backup the previous file; empty if there was none or nothing changed
        record Done(int added, int changed, int unchanged, Optional<Path> backup) implements Imported {}

        /// Nothing was imported.
        ///
        /// @param conflicts in the order of the lines
        record Conflicts(List<ConfigConflict> conflicts) implements Imported {}

        /// Not JSON. Nothing was imported.
        record Broken(int line, int column, String why) implements Imported {}

        /// JSON, but not a `bots-config.json`. Nothing was imported.
        ///
        /// @param why a full sentence that names what is missing
        record Foreign(String why) implements Imported {}

        record TooLarge(int limit) implements Imported {}
    }

    private final Database database;
    private final SenderChanges changes;
    private final Mirrors mirrors;
    private final LiveSenders sessions;

    public ConfigImport(Database database, SenderChanges changes, Mirrors mirrors, LiveSenders sessions) {
        this.database = database;
        this.changes = changes;
        this.mirrors = mirrors;
        this.sessions = sessions;
    }

    public Imported importFile(AccountId tenant, Actor actor, byte[] file) {
        if (file.length > LARGEST) {
            return new Imported.TooLarge(LARGEST);
        }
        try {
            JsonWithLines root = JsonWithLines.read(text(file));
            Map<String, JsonWithLines> members = root.asMembers().orElse(Map.of());
            if (!members.containsKey(BotsConfig.BOTS) && !members.containsKey(BotsConfig.MASTERS)) {
                return new Imported.Foreign("This is not a bots-config.json: it has neither “" + BotsConfig.BOTS
                        + "” nor “" + BotsConfig.MASTERS + "”.");
            }
            return importRead(tenant, actor, BotsConfigReader.read(members));
        } catch (JsonWithLines.Broken broken) {
            return new Imported.Broken(broken.line(), broken.column(), String.valueOf(broken.getMessage()));
        } catch (CharacterCodingException _) {
            return new Imported.Broken(1, 1, "The file is not UTF-8");
        }
    }

    /// Imports the account's own file after it was edited by hand.
    ///
    /// @return empty if it was not edited
    public Optional<Imported> importEdited(AccountId tenant, Actor actor) {
        return mirrors.takeEdited(tenant).map(copy -> {
            Imported imported = importFile(tenant, actor, bytes(copy));
            if (imported instanceof Imported.Done) {
                mirrors.editedIsImported(tenant, copy);
            } else {
                mirrors.editedIsRefused(tenant);
            }
            return imported;
        });
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String text(byte[] file) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(file))
                .toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private Imported importRead(AccountId tenant, Actor actor, BotsConfigReader.Read read) {
        Plan seen = database.read(tx -> plan(new SenderStore(tx), new PoolSettingsStore(tx), tenant, read));
        if (!seen.conflicts().isEmpty()) {
            return new Imported.Conflicts(seen.conflicts());
        }
        if (seen.isDone()) {
            return new Imported.Done(0, 0, seen.unchanged(), Optional.empty());
        }
        Optional<Path> backup = mirrors.backUp(tenant);
        var switched = new ArrayList<Sender>();
        Imported imported = changes.write(tenant, change -> {
            switched.clear(); // a transaction that lost a race runs again
            // Plan again, because senders may have changed in the meantime.
            Plan plan = plan(change.store(), change.poolSettings(), tenant, read);
            if (!plan.conflicts().isEmpty()) {
                return new Imported.Conflicts(plan.conflicts());
            }
            List<ConfigConflict> taken = carryOut(change, tenant, plan);
            if (!taken.isEmpty()) {
                return change.undone(new Imported.Conflicts(taken));
            }
            change.done(
                    actor,
                    "ConfigImported",
                    plan.touched(),
                    Map.of(
                            "added",
                            plan.added().size(),
                            "changed",
                            plan.changed().size()));
            plan.switched().forEach(sender -> switched.add(switched(change, tenant, sender)));
            return new Imported.Done(plan.added().size(), plan.changed().size(), plan.unchanged(), backup);
        });
        switched.forEach(this::carryOn);
        return imported;
    }

    /// Disconnects a sender that is switched off, whatever its WhatsApp state; it may reconnect when it is switched on.
    private static Sender switched(Change change, AccountId tenant, SenderId id) {
        Sender sender = change.store().find(tenant, id).orElseThrow();
        if (sender.enabled() || !sender.state().isActive() && !sender.state().isLinking()) {
            return sender;
        }
        SenderState next = sender.state().isActive() ? SenderState.DISCONNECTED : SenderState.PENDING;
        Sender off = sender.withLink(
                sender.link().became(next, Optional.empty(), Optional.empty(), change.now()), change.now());
        change.store().saveLink(tenant, off);
        return off;
    }

    private void carryOn(Sender switched) {
        if (!switched.enabled()) {
            sessions.forget(switched);
        } else if (switched.mayComeBack()) {
            sessions.connectSoon(switched);
        }
    }

    /// @param present the current sender; empty for a new one
    private record Step(FileSender wanted, Optional<Sender> present, UnknownFields extras) {}

    private record Plan(
            List<Step> added,
            List<Step> changed,
            int unchanged,
            boolean extrasChanged,
            UnknownFields extras,
            List<ConfigConflict> conflicts) {

        boolean isDone() {
            return added.isEmpty() && changed.isEmpty() && !extrasChanged;
        }

        /// Returns the senders that the file switches on or off.
        List<SenderId> switched() {
            return changed.stream()
                    .filter(step -> step.present()
                            .filter(now -> now.enabled() != step.wanted().enabled())
                            .isPresent())
                    .map(step -> step.wanted().id())
                    .toList();
        }

        List<SenderId> touched() {
            var ids = new LinkedHashSet<SenderId>();
            added.forEach(step -> ids.add(step.wanted().id()));
            changed.forEach(step -> ids.add(step.wanted().id()));
            return List.copyOf(ids);
        }
    }

    private static Plan plan(SenderStore store, PoolSettingsStore pools, AccountId tenant, BotsConfigReader.Read read) {
        Map<SenderId, PoolSettings> settings = pools.all(tenant);
        Map<SenderId, Sender> present = store.list(tenant).stream()
                .collect(Collectors.toMap(Sender::id, Function.identity(), (one, _) -> one, LinkedHashMap::new));
        Map<Phone, Sender> byPhone = present.values().stream()
                .filter(sender -> sender.phone().isPresent())
                .collect(Collectors.toMap(sender -> sender.phone().orElseThrow(), Function.identity()));
        Map<SenderId, FileSender> inFile =
                read.senders().stream().collect(Collectors.toMap(FileSender::id, Function.identity()));
        Map<SenderId, UnknownFields> extras = store.extras(tenant);
        var conflicts = new ArrayList<>(read.conflicts());
        var added = new ArrayList<Step>();
        var changed = new ArrayList<Step>();
        int unchanged = 0;
        for (FileSender wanted : read.senders()) {
            Optional<Sender> now = Optional.ofNullable(present.get(wanted.id()));
            conflicts.addAll(conflicts(wanted, now, present, inFile, byPhone));
            UnknownFields before = extras.getOrDefault(wanted.id(), UnknownFields.none());
            var step = new Step(wanted, now, before.with(wanted.extras()));
            if (now.isEmpty()) {
                added.add(step);
            } else if (differs(wanted, now.get())
                    || differs(wanted, settings.getOrDefault(wanted.id(), PoolSettings.DEFAULT))
                    || !before.equals(step.extras())) {
                changed.add(step);
            } else {
                unchanged++;
            }
        }
        UnknownFields fileBefore = store.configFile(tenant)
                .map(SenderStore.ConfigFile::extra)
                .map(UnknownFields::of)
                .orElseGet(UnknownFields::none);
        UnknownFields fileAfter = fileBefore.with(read.extras());
        return new Plan(
                added,
                changed,
                unchanged,
                !fileAfter.equals(fileBefore),
                fileAfter,
                conflicts.stream()
                        .sorted(Comparator.comparingInt(ConfigConflict::line))
                        .limit(CONFLICTS_TOLD)
                        .toList());
    }

    private static List<ConfigConflict> conflicts(
            FileSender wanted,
            Optional<Sender> now,
            Map<SenderId, Sender> present,
            Map<SenderId, FileSender> inFile,
            Map<Phone, Sender> byPhone) {
        var conflicts = new ArrayList<ConfigConflict>();
        String id = "“" + wanted.id() + "”";
        if (now.filter(sender -> sender.isMaster() != wanted.isMaster()).isPresent()) {
            conflicts.add(new ConfigConflict(
                    wanted.line(),
                    id + " is a " + (wanted.isMaster() ? "servant" : "master") + " here, and a "
                            + (wanted.isMaster() ? "master" : "servant") + " in the file"));
        }
        Optional<Phone> phoneNow = now.flatMap(Sender::phone);
        if (phoneNow.isPresent() && wanted.phone().isPresent() && !phoneNow.equals(wanted.phone())) {
            conflicts.add(new ConfigConflict(
                    wanted.line(),
                    id + " has the phone number " + phoneNow.get() + " here, and "
                            + wanted.phone().get() + " in the file"));
        }
        wanted.phone()
                .flatMap(phone -> Optional.ofNullable(byPhone.get(phone)))
                .filter(other -> !other.id().equals(wanted.id()))
                .ifPresent(other -> conflicts.add(new ConfigConflict(
                        wanted.line(),
                        id + ": Phone number already in use: " + wanted.phone().get() + " is “" + other.displayName()
                                + "” (" + other.id() + ")")));
        wanted.master()
                .filter(master -> !Optional.ofNullable(inFile.get(master))
                        .map(FileSender::isMaster)
                        .orElseGet(() -> Optional.ofNullable(present.get(master))
                                .map(Sender::isMaster)
                                .orElse(false)))
                .ifPresent(master -> conflicts.add(
                        new ConfigConflict(wanted.line(), id + ": Master account " + master + " not found")));
        return conflicts;
    }

    private static boolean differs(FileSender wanted, Sender now) {
        return !wanted.displayName().equals(now.displayName())
                || wanted.enabled() != now.enabled()
                || !wanted.masterType().equals(now.masterType())
                || !wanted.master().equals(now.masterId())
                || wanted.phone().isPresent() && now.phone().isEmpty()
                || wanted.traits()
                        .filter(traits -> !traits.equals(now.traits()))
                        .isPresent()
                || !wanted.isMaster() && !now.purpose().equals(Optional.of(wanted.purpose()));
    }

    private static boolean differs(FileSender wanted, PoolSettings now) {
        return wanted.settings().filter(settings -> !settings.equals(now)).isPresent();
    }

    /// @return conflicts for ids that belong to another account of this server, so that nothing can be imported
    private static List<ConfigConflict> carryOut(Change change, AccountId tenant, Plan plan) {
        SenderStore store = change.store();
        var taken = new ArrayList<ConfigConflict>();
        // In the order of the file, a millisecond apart, none in the future.
        Instant created = change.now().minusMillis(plan.added().size());
        for (Step step : plan.added()) {
            FileSender wanted = step.wanted();
            created = created.plusMillis(1);
            if (!store.insert(tenant, sender(wanted, tenant, created))) {
                taken.add(new ConfigConflict(
                        wanted.line(), "the id “" + wanted.id() + "” is taken by another account of this server"));
                return taken;
            }
            wanted.master().ifPresent(master -> store.addServants(tenant, master, 1, change.now()));
        }
        for (Step step : plan.changed()) {
            Sender present = step.present().orElseThrow();
            FileSender wanted = step.wanted();
            Sender brought = sender(wanted, tenant, present.createdAt());
            store.bring(tenant, brought, change.now());
            if (wanted.traits().isPresent()) {
                store.tune(tenant, brought, change.now());
            }
            if (!wanted.master().equals(present.masterId())) {
                present.masterId().ifPresent(master -> store.addServants(tenant, master, -1, change.now()));
                wanted.master().ifPresent(master -> store.addServants(tenant, master, 1, change.now()));
                present.masterId()
                        .ifPresent(old -> wanted.master()
                                .ifPresent(master -> change.moveWaiting(old, master, Optional.of(wanted.id()))));
            }
        }
        plan.added().forEach(step -> store.saveExtras(tenant, step.wanted().id(), step.extras()));
        plan.changed().forEach(step -> store.saveExtras(tenant, step.wanted().id(), step.extras()));
        Stream.concat(plan.added().stream(), plan.changed().stream())
                .map(Step::wanted)
                .forEach(wanted -> wanted.settings()
                        .ifPresent(
                                settings -> change.poolSettings().save(tenant, wanted.id(), settings, change.now())));
        store.saveConfigFile(tenant, plan.extras().text(), change.now());
        return taken;
    }

    private static Sender sender(FileSender wanted, AccountId tenant, Instant now) {
        return new Sender(
                wanted.id(),
                tenant,
                wanted.master()
                        .<Sender.Role>map(master -> new Sender.Role.Servant(master, wanted.purpose()))
                        .orElseGet(
                                () -> new Sender.Role.Master(wanted.masterType().orElseThrow())),
                wanted.displayName(),
                wanted.phone(),
                DriverKind.SIMULATOR,
                wanted.enabled(),
                wanted.traits().orElse(SenderOverrides.NONE),
                Sender.Assignment.NONE,
                Sender.Link.none(wanted.state(), now),
                0,
                now,
                now);
    }
}
