// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/kubernetes/kubernetesclient.h"
#include "tests/e2e/faulttest.h"
#include "tests/e2e/kubeconfigworkshop.h"
#include "tests/e2e/othertools.h"
#include "tests/support/awaited.h"
#include "tests/support/realcluster.h"
#include "widgets/common/statusbadge.h"

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <optional>

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

/// When a widget was painted last, or went.
class Sight final : public QObject {
public:
    explicit Sight(QWidget *widget) { widget->installEventFilter(this); }

    std::optional<qint64> paintedAt; ///< of `timer`
    std::optional<qint64> hiddenAt;
    QElapsedTimer timer;

    void begin()
    {
        paintedAt.reset();
        hiddenAt.reset();
        timer.start();
    }

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && !paintedAt)
            paintedAt = timer.elapsed();
        if (event->type() == QEvent::Hide && !hiddenAt)
            hiddenAt = timer.elapsed();
        return false;
    }
};

} // namespace

/// How soon the window shows what somebody else has changed, and what it makes of an API server, a way to it and
/// credentials that fail.
class TruthTest final : public FaultTest {
    Q_OBJECT

private:
    static QJsonObject mark()
    {
        return {{text("apiVersion"), text("v1")}, {text("kind"), text("ConfigMap")},
            {text("metadata"),
                QJsonObject{{text("name"), text("pennant-archive")}, {text("namespace"), text("pennant-messaging")}}}};
    }

    KubeconfigWorkshop m_workshop;

private Q_SLOTS:
    void opens()
    {
        OtherTools::kubectl({text("create"), text("namespace"), text("pennant-messaging")});
        openWindow(m_workshop.write(text("kubeconfig"), m_workshop.good()));
        QVERIFY2(m_driver->waitFor([this] { return isLive(); }), qPrintable(m_driver->failure()));
    }

    /// From the moment when somebody else's change is sent to the API server to the paint event that shows it.
    void paintsWhatOthersChange()
    {
        const auto transport = connectAs("PENNANT_KUBECONFIG_ADMIN");
        KubernetesClient client(*transport);
        const auto *window = m_driver->find<QWidget>(text("workspaceTabs"))->window();
        auto *badge = window->findChild<StatusBadge *>(text("archivedBadge"));
        QVERIFY(badge);
        Sight sight(badge);
        QList<qint64> times;
        for (int round = 0; round < 30; ++round) {
            sight.begin();
            QVERIFY(awaited(client.create(mark())));
            QVERIFY(m_driver->waitFor([&sight] { return sight.paintedAt.has_value(); }, 10));
            times.append(*sight.paintedAt);
            QTest::qWait(int(QRandomGenerator::global()->bounded(50, 250)));
            sight.begin();
            QVERIFY(awaited(client.remove(ObjectRef::of(mark()))));
            QVERIFY(m_driver->waitFor([&sight] { return sight.hiddenAt.has_value(); }, 10));
            times.append(*sight.hiddenAt);
            QTest::qWait(int(QRandomGenerator::global()->bounded(50, 250)));
        }
        std::sort(times.begin(), times.end());
        qInfo("%d changes painted after: median %lld ms, 95th percentile %lld ms, longest %lld ms", int(times.size()),
            times[times.size() / 2], times[times.size() * 95 / 100], times.last());
    }

    void comesBackAfterTheApiServer()
    {
        measureProgram(text("API server killed"), text("kill"), text("kube-apiserver"), 5);
        measureProgram(text("API server frozen"), text("freeze"), text("kube-apiserver"), 12);
        measureProgram(text("API server frozen for long"), text("freeze"), text("kube-apiserver"), 40);
    }

    void comesBackAfterTheNetwork()
    {
        measureProgram(text("way to the API server silent"), text("freeze"), text("relay"), 12);
        measureProgram(text("way to the API server cut"), text("kill"), text("relay"), 5);
    }

    /// Credentials that no longer hold, and the right ones again, in the file that is open.
    void comesBackAfterItsCredentials()
    {
        const QString good = m_workshop.path(text("kubeconfig"));
        const auto put = [&good](const QString &file) {
            QFile from(file);
            QFile to(good);
            return from.open(QIODevice::ReadOnly) && to.open(QIODevice::WriteOnly | QIODevice::Truncate)
                && to.write(from.readAll()) > 0;
        };
        const QString kept = m_workshop.write(text("kept"), m_workshop.good());
        const QString token = m_workshop.changed(text("token"),
            {QStringLiteral("unset users.%1").arg(m_workshop.user()),
                QStringLiteral("set-credentials %1 --token revoked").arg(m_workshop.user())});
        measure({text("credentials revoked, then renewed"), [&] { return put(token); }, 3, [&] { return put(kept); }});
    }

    /// As a laptop that was closed: what changed meanwhile is shown at once.
    void comesBackAfterItWasStopped()
    {
        const auto transport = connectAs("PENNANT_KUBECONFIG_ADMIN");
        QVERIFY(m_driver->waitFor([this] { return isLive(); }));
        const auto *window = m_driver->find<QWidget>(text("workspaceTabs"))->window();
        const auto *badge = window->findChild<StatusBadge *>(text("archivedBadge"));
        QProcess stopper;
        stopper.start(text("sh"),
            {text("-c"),
                QStringLiteral(
                    "kill -STOP %1; \"$PENNANT_KUBECTL\" create configmap pennant-archive -n pennant-messaging; "
                    "sleep 20; kill -CONT %1")
                    .arg(QCoreApplication::applicationPid())});
        QVERIFY(stopper.waitForFinished(40000)); // this program has been stopped meanwhile
        QElapsedTimer timer;
        timer.start();
        QVERIFY(m_driver->waitFor([&] { return badge->isVisible() && isLive(); }));
        note(text("this program stopped for 20 s"), text("(nothing: it did not run)"), {},
            double(timer.elapsed()) / 1000);
        OtherTools::kubectl(
            {text("delete"), text("configmap"), text("pennant-archive"), text("-n"), text("pennant-messaging")});
        QVERIFY(m_driver->waitFor([badge] { return !badge->isVisible(); }));
    }

    void leavesNothingBehind()
    {
        OtherTools::kubectl({text("delete"), text("namespace"), text("pennant-messaging"), text("--wait=false")});
    }
};

int main(int argc, char **argv)
{
    const auto application = createTestApplication(argc, argv);
    TruthTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "e2e_truth.moc"
