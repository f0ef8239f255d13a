// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace.h"
#include "services/messaging/foreignserverrules.h"
#include "services/messaging/runtimeservice.h"
#include "tests/app/windowfixture.h"
#include "tests/support/foreignnats.h"
#include "widgets/common/banner.h"
#include "widgets/common/elidinglabel.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/inlinemessage.h"

#include <QLabel>
#include <QPushButton>
#include <QTabBar>
#include <QTest>

using namespace std::chrono_literals;

/// The window around a NATS that Pennant did not make speaks of that one, not of Pennant's own.
class ForeignViewTest final : public WindowFixture {
    Q_OBJECT

private:
    Workspace *workspace() const { return m_window->findChild<Workspace *>(); }
    void pass() { m_clock.advance(100ms); }

    /// Runtimes of Pennant's in `nameSpaces`, and the other NATS.
    void openWith(const QStringList &nameSpaces)
    {
        writeKubeconfig(twoClusters);
        m_prepareCluster = [this, nameSpaces] {
            ForeignNats::put(*m_cluster);
            for (const QString &nameSpace : nameSpaces) {
                RuntimeRecord record;
                record.spec.storageClass = u"standard"_qs;
                record.operation.state = RuntimeOperation::State::Done;
                m_cluster->put(record.toConfigMap(nameSpace));
            }
        };
        open();
    }
    void openForeign() { workspace()->openForeign(*foreignServerFrom(ForeignNats::statefulSet(u"team"_qs))); }
    QString running() const { return find<ElidingLabel>("runningLabel")->text(); }

    /// All that the empty state in sight says.
    QString emptiness() const
    {
        QStringList texts;
        for (const EmptyState *state : workspace()->findChildren<EmptyState *>()) {
            for (const QLabel *label : state->findChildren<QLabel *>()) {
                if (label->isVisible())
                    texts.append(label->text());
            }
        }
        return texts.join(u'\n');
    }

private Q_SLOTS:
    void tellsInTheStatusLineWhatIsShown()
    {
        writeKubeconfig(twoClusters);
        m_prepareCluster = [this] {
            ForeignNats::put(*m_cluster);
            putRuntime(RuntimeOperation::Kind::Enable, RuntimeOperation::State::Done);
        };
        open();
        const auto *identity = find<ElidingLabel>("identityLabel");
        QTRY_VERIFY((pass(), running().contains(u"1 of "_qs)));
        const QString own = running();
        QTRY_VERIFY((pass(), identity->text().endsWith(u"write access"_qs)));
        openForeign();
        QTRY_COMPARE((pass(), running()), u"NATS 2.12.3 · 2 of 2 pods"_qs);
        QVERIFY2(identity->text().endsWith(u"read access"_qs), qPrintable(identity->text()));
        QVERIFY(identity->toolTip().contains(u"owned by Helm release bus"_qs));
        workspace()->closeForeign();
        QCOMPARE(running(), own);
        QVERIFY(identity->text().endsWith(u"write access"_qs));
    }

    void leadsNowhereElseMeanwhile()
    {
        openWith({u"team-a"_qs, u"team-b"_qs});
        const auto *elsewhere = find<Banner>("elsewhereBanner");
        QTRY_VERIFY((pass(), elsewhere->isVisible()));
        openForeign();
        QVERIFY(!elsewhere->isVisible());
        workspace()->closeForeign();
        QVERIFY(elsewhere->isVisible());
    }

    void saysOnEachTabThatItIsGone()
    {
        openWith({});
        openForeign();
        QTRY_COMPARE((pass(), running()), u"NATS 2.12.3 · 2 of 2 pods"_qs);
        m_cluster->erase({u"apps/v1"_qs, u"StatefulSet"_qs, u"team"_qs, u"bus"_qs});
        const auto *problem = find<InlineMessage>("foreignProblemMessage");
        QTRY_COMPARE((pass(), problem->title()), u"team/bus is gone"_qs);
        QVERIFY2(problem->text().contains(u"what was known of it went with it"_qs), qPrintable(problem->text()));
        for (const Tab tab : {Tab::Streams, Tab::Consumers, Tab::Logs}) {
            workspace()->setCurrentTab(tab);
            QTRY_VERIFY2(
                (pass(), emptiness().contains(u"The StatefulSet team/bus was deleted"_qs)), qPrintable(emptiness()));
            QVERIFY(!emptiness().contains(u"Settings"_qs));
        }
        QPushButton *back = find<EmptyState>("logsEmptyState")->actionButton();
        QCOMPARE(back->text(), u"Back to Pennant's runtime"_qs);
        back->click();
        QTRY_COMPARE(&workspace()->shownRuntime(), &m_messaging->runtime());
    }

    void saysOfAccountsWhatTheMonitoringPortTells()
    {
        openWith({});
        openForeign();
        workspace()->setCurrentTab(Tab::Accounts);
        QVERIFY2(emptiness().contains(u"tells the names of its accounts"_qs), qPrintable(emptiness()));
    }
};

QTEST_MAIN(ForeignViewTest)
#include "tst_foreignview.moc"
