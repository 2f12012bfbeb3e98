package dev.banyan.whatsapp.failover;

import static dev.banyan.platform.fields.Field.Door.API;
import static dev.banyan.platform.fields.Field.Door.CONSOLE;
import static dev.banyan.platform.fields.Field.Door.FORM;

import module java.base;
import dev.banyan.platform.fields.Field;
import dev.banyan.platform.fields.Fields;
import dev.banyan.platform.fields.Fields.Input;
import dev.banyan.platform.fields.Kind;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.UncertainPolicy;
import dev.banyan.whatsapp.failover.FailoverSettings.Detection;

/// The settings of a pool's failover as someone enters them, with one that the pool itself has.
///
/// @param uncertain empty: as before
public record FailoverInput(FailoverSettings settings, Optional<UncertainPolicy> uncertain) {

    public static final Fields<FailoverInput> FIELDS =
            new Fields<>(new FailoverInput(FailoverSettings.DEFAULT, Optional.empty()), FailoverInput::of);

    private static final Field<FailoverInput, FailoverPolicy> POLICY = FIELDS.add(
                    "policy",
                    Kind.text(
                            FailoverPolicy::parse,
                            FailoverPolicy::key,
                            "must be auto, same-brand-only or never-silent"),
                    input -> input.settings.policy())
            .says("Choose a policy", FORM);
    private static final Field<FailoverInput, Optional<UncertainPolicy>> UNCERTAIN = FIELDS.add(
                    "uncertain", UncertainPolicy.KIND.optional(), FailoverInput::uncertain)
            .says(UncertainPolicy.CHOOSE, FORM);
    private static final Field<FailoverInput, Optional<SenderId>> BACKUP = FIELDS.add(
                    "backupMaster",
                    Kind.text(SenderId::parse, SenderId::value, "").optional(),
                    input -> input.settings.backup())
            .called("backup", CONSOLE)
            .says("must be another master of this account", API)
            .says("That master no longer exists. Choose another.", FORM)
            .none(Optional.empty());
    private static final Field<FailoverInput, Boolean> FAIL_BACK =
            FIELDS.add("failBack", Kind.onOff(), input -> input.settings.failsBack());
    private static final Field<FailoverInput, Integer> CHECK = number(
                    "checkSeconds", "check", "Check interval", Detection::checkSeconds)
            .between(1, 300);
    private static final Field<FailoverInput, Integer> FAILURES =
            number("failures", "failures", "Failed checks", Detection::failures).between(1, 100);
    private static final Field<FailoverInput, Integer> RECOVERY = number(
                    "recoverySeconds", "recovery", "Recovery time", Detection::recoverySeconds)
            .between(1, 3_600);
    private static final Field<FailoverInput, Integer> TRIES =
            number("tries", "tries", "Reconnections", Detection::tries).between(0, 100);
    private static final Field<FailoverInput, Integer> SPREAD = FIELDS.add("spreadMinutes", Kind.number(), input ->
                    (int) input.settings.spread().toMinutes())
            .called("spread", CONSOLE)
            .required("Spread")
            .between(0, 24 * 60);

    private static Field<FailoverInput, Integer> number(
            String name, String typed, String label, Function<Detection, Integer> getter) {
        return FIELDS.add(name, Kind.number(), input -> getter.apply(input.settings.detection()))
                .called(typed, CONSOLE)
                .required(label);
    }

    private static FailoverInput of(Input<FailoverInput> input) {
        var settings = new FailoverSettings(
                input.get(POLICY),
                input.get(BACKUP),
                input.get(FAIL_BACK),
                Duration.ofMinutes(input.get(SPREAD)),
                new Detection(input.get(CHECK), input.get(FAILURES), input.get(RECOVERY), input.get(TRIES)));
        return new FailoverInput(settings, input.get(UNCERTAIN));
    }
}
