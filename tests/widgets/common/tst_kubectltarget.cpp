// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/kubectltarget.h"

#include "services/domain/runtime.h"

#include <QTest>

namespace {

const KubectlTarget prod{u"prod"_qs, u"/etc/k"_qs};
const QString given = u"Look with `kubectl describe node a`, or have kubectl do it."_qs;
const QString aimed =
    u"Look with `kubectl --kubeconfig /etc/k --context prod describe node a`, or have kubectl do it."_qs;

Error saying(const QString &summary)
{
    return {Error::Kind::NotReady, summary, {}, {}, {}};
}

} // namespace

/// Commands that are shown ask the cluster on screen.
class KubectlTargetTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aimsACommand()
    {
        QCOMPARE(
            commandFor(prod, u"kubectl -n a edit b"_qs), u"kubectl --kubeconfig /etc/k --context prod -n a edit b"_qs);
        QCOMPARE(commandFor({u"a'b; $(id)"_qs, {}}, u"kubectl get pods"_qs),
            u"kubectl --context 'a'\\''b; $(id)' get pods"_qs);
        QCOMPARE(commandFor({}, u"kubectl get pods"_qs), u"kubectl get pods"_qs);
        QCOMPARE(commandFor(prod, {}), QString());
    }

    void aimsWhatAHintSays()
    {
        QCOMPARE(aimedAt(prod, given), aimed);
        QCOMPARE(aimedAt({}, given), given);
    }

    void aimsAllThatAStatusSays()
    {
        RuntimeStatus status;
        status.error = saying(given);
        status.obstacle = saying(given);
        status.deviation = RuntimeDeviation{saying(given), {}, false};
        status.steps.resize(1);
        status.steps[0].note = given;
        status.pods.resize(1);
        status.pods[0].reason = given;
        const RuntimeStatus said = aimedAt(prod, status);
        for (const QString &text : {said.error->summary, said.obstacle->summary, said.deviation->error.summary,
                 said.steps[0].note, said.pods[0].reason})
            QCOMPARE(text, aimed);
    }
};

QTEST_GUILESS_MAIN(KubectlTargetTest)
#include "tst_kubectltarget.moc"
