package dev.banyan.whatsapp.configfile;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.PoolSettings;
import dev.banyan.whatsapp.PoolSettingsStore;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.configfile.BotsConfigSenders.FileSender;

/// What an import would add and change, and why it can't.
///
/// @param missing how many of the account's senders are not in the file
/// @param extras unknown fields of the file itself
/// @param conflicts in the order of the lines
record ImportPlan(
        List<Step> added,
        List<Step> changed,
        int unchanged,
        int missing,
        boolean extrasChanged,
        UnknownFields extras,
        List<ConfigConflict> conflicts) {

    private static final int CONFLICTS_TOLD = 200;

    /// A file that was read.
    ///
    /// @param completeAt until when the file knew all senders: those that it doesn't contain were removed from it;
    ///     empty for a file that need not be complete
    /// @param lines the lines of the masters (true) and of the servants
    record Source(BotsConfigReader.Read read, Optional<Instant> completeAt, Map<Boolean, Integer> lines) {}

    /// @param present the current sender; empty for a new one
    record Step(FileSender wanted, Optional<Sender> present, UnknownFields extras) {}

    /// Returns where masters and servants stand in the file, for errors about missing ones.
    static Map<Boolean, Integer> lines(Map<String, JsonWithLines> members) {
        return Map.of(
                true,
                BotsConfigFields.line(members, BotsConfig.MASTERS, 1),
                false,
                BotsConfigFields.line(members, BotsConfig.SECONDARIES, 1));
    }

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

    /// @param source what was read
    static ImportPlan of(Tx tx, AccountId tenant, Source source) {
        var files = new ConfigFileStore(tx);
        BotsConfigReader.Read read = source.read();
        var pools = new PoolSettingsStore(tx);
        Map<SenderId, PoolSettings> settings = pools.all(tenant);
        PoolSettings others = pools.ofAccount(tenant);
        Map<SenderId, Sender> present = new SenderStore(tx)
                .list(tenant).stream()
                        .collect(
                                Collectors.toMap(Sender::id, Function.identity(), (one, _) -> one, LinkedHashMap::new));
        Map<Phone, Sender> byPhone = present.values().stream()
                .filter(sender -> sender.phone().isPresent())
                .collect(Collectors.toMap(sender -> sender.phone().orElseThrow(), Function.identity()));
        Map<SenderId, FileSender> inFile =
                read.senders().stream().collect(Collectors.toMap(FileSender::id, Function.identity(), (one, _) -> one));
        Map<SenderId, UnknownFields> extras = files.extras(tenant);
        var conflicts = new ArrayList<>(read.conflicts());
        conflicts.addAll(removed(source, present, inFile));
        var added = new ArrayList<Step>();
        var changed = new ArrayList<Step>();
        int unchanged = 0;
        for (FileSender described : read.senders()) {
            Optional<Sender> now = Optional.ofNullable(present.get(described.id()));
            FileSender wanted = now.map(described::over).orElse(described);
            conflicts.addAll(conflicts(wanted, now, present, inFile, byPhone));
            UnknownFields before = extras.getOrDefault(wanted.id(), UnknownFields.none());
            var step = new Step(wanted, now, before.with(wanted.extras()));
            if (now.isEmpty()) {
                added.add(step);
            } else if (differs(wanted, now.get())
                    || differs(wanted, settings.getOrDefault(wanted.id(), others))
                    || !before.equals(step.extras())) {
                changed.add(step);
            } else {
                unchanged++;
            }
        }
        UnknownFields fileBefore = files.configFile(tenant)
                .map(ConfigFileStore.ConfigFile::extra)
                .map(UnknownFields::of)
                .orElseGet(UnknownFields::none);
        UnknownFields fileAfter = fileBefore.with(read.extras());
        return new ImportPlan(
                added,
                changed,
                unchanged,
                (int) present.keySet().stream()
                        .filter(id -> !inFile.containsKey(id))
                        .count(),
                !fileAfter.equals(fileBefore),
                fileAfter,
                conflicts.stream()
                        .sorted(Comparator.comparingInt(ConfigConflict::line))
                        .limit(CONFLICTS_TOLD)
                        .toList());
    }

    /// Reports the senders that were taken out of a file that had them: an import removes nothing.
    private static List<ConfigConflict> removed(
            Source source, Map<SenderId, Sender> present, Map<SenderId, FileSender> inFile) {
        return source.completeAt().stream()
                .flatMap(complete -> present.values().stream()
                        .filter(sender -> !inFile.containsKey(sender.id())
                                && !sender.createdAt().isAfter(complete)))
                .map(sender -> new ConfigConflict(
                        source.lines().getOrDefault(sender.isMaster(), 1),
                        "“" + sender.id() + "” (" + sender.displayName()
                                + ") is missing here. An import removes no account: put it back, or remove it with '"
                                + (sender.isMaster() ? "remove-master " : "remove-secondary ") + sender.id() + "'"))
                .toList();
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
}
