// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/kubeconfigworkshop.h"
#include "tests/e2e/othertools.h"
#include "tests/e2e/windowtest.h"

#include <QElapsedTimer>
#include <QLineEdit>
#include <QListView>
#include <QSettings>
#include <QTest>

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

const QString teamsNamespace = QStringLiteral("team-a");

} // namespace

/// A runtime in a namespace of a team's, found by windows that nobody told where it is, and several people's views of
/// one cluster side by side.
class SideBySideTest final : public WindowTest {
    Q_OBJECT

private:
    void choose(const QString &context)
    {
        auto *list = m_driver->find<QListView>(text("clusterList"));
        for (int row = 0; list && row < list->model()->rowCount(); ++row) {
            const QModelIndex index = list->model()->index(row, 0);
            if (index.data().toString() == context)
                QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(index).center());
        }
    }
    /// As a program that was never started.
    void forgetEverything() { QSettings().clear(); }
    /// A kubeconfig with two contexts: `admin`, and `member` who may view the team's namespace and nothing else.
    QString twoPeople()
    {
        const QStringList in{text("-n"), teamsNamespace};
        OtherTools::kubectl(QStringList{text("create"), text("serviceaccount"), text("member")} + in);
        OtherTools::kubectl(QStringList{text("create"), text("rolebinding"), text("member"), text("--clusterrole=view"),
                                QStringLiteral("--serviceaccount=%1:member").arg(teamsNamespace)}
            + in);
        const QString token = OtherTools::kubectl(QStringList{text("create"), text("token"), text("member")} + in);
        return m_workshop.changed(text("people"),
            {text("rename-context local-admin admin"), QStringLiteral("set-credentials member --token %1").arg(token),
                QStringLiteral("set-context member --cluster %1 --user member --namespace %2")
                    .arg(m_workshop.cluster(), teamsNamespace)});
    }

    KubeconfigWorkshop m_workshop;
    QString m_people;

private Q_SLOTS:
    void enablesNatsInATeamsNamespace()
    {
        openWindow({}, {}, teamsNamespace);
        m_driver->click(text("overviewEnableButton"));
        m_driver->choose(text("storageClassCombo"), text("standard"));
        m_driver->type(text("storageEdit"), text("1"));
        m_driver->press(text("replicasChoice"), text("1"));
        m_driver->click(text("generatePasswordButton"));
        m_driver->screenshot(text("settings-other-namespace"));
        m_driver->click(text("enableNatsButton"));
        QVERIFY2(m_driver->shows(text("Ready"), text("runtimeBadge"), 300), qPrintable(m_driver->failure()));
        QCOMPARE(OtherTools::kubectl({text("get"), text("statefulset"), text("nats"), text("-n"), teamsNamespace,
                     text("-o"), text("jsonpath={.status.readyReplicas}")}),
            text("1"));
    }

    void isFoundByAWindowThatKnowsNothing()
    {
        forgetEverything();
        QElapsedTimer timer;
        timer.start();
        openWindow();
        QVERIFY2(m_driver->shows(text("in team-a"), text("namespaceButton")), qPrintable(m_driver->failure()));
        QVERIFY2(m_driver->shows(text("Ready"), text("runtimeBadge")), qPrintable(m_driver->failure()));
        qInfo("from nothing to a runtime in another namespace: %.2f s", double(timer.elapsed()) / 1000);
        timer.restart();
        openWindow();
        QVERIFY2(m_driver->shows(text("Ready"), text("runtimeBadge")), qPrintable(m_driver->failure()));
        qInfo("the next time: %.2f s", double(timer.elapsed()) / 1000);
    }

    void isFoundByWhoMaySeeOneNamespace()
    {
        forgetEverything();
        m_people = twoPeople();
        openWindow(m_people, text("member"));
        QVERIFY2(m_driver->shows(text("in team-a"), text("namespaceButton")), qPrintable(m_driver->failure()));
        QVERIFY2(m_driver->shows(text("Ready"), text("runtimeBadge")), qPrintable(m_driver->failure()));
        QVERIFY2(m_driver->shows(text("read access"), text("identityLabel")), qPrintable(m_driver->failure()));
    }

    void standsBesideAnother()
    {
        choose(text("admin"));
        QVERIFY2(m_driver->shows(text("write access"), text("identityLabel")), qPrintable(m_driver->failure()));
        m_driver->openTab(text("Streams"));
        m_driver->click(text("newStreamButton"));
        m_driver->type(text("streamNameEdit"), text("HALF-TYPED"));
        choose(text("member"));
        QVERIFY(m_driver->shows(text("read access"), text("identityLabel"), 1));
        QVERIFY(m_driver->shows(text("Ready"), text("runtimeBadge"), 1));
        m_driver->screenshot(text("side-by-side"));
        choose(text("admin"));
        QCOMPARE(m_driver->find<QLineEdit>(text("streamNameEdit"))->text(), text("HALF-TYPED"));
        QVERIFY(m_driver->shows(text("write access"), text("identityLabel"), 1));
    }

    void leavesNothingBehind()
    {
        closeWindow();
        bool isOk = false;
        OtherTools::kubectl({text("delete"), text("namespace"), teamsNamespace, text("--wait=false")}, &isOk);
        QVERIFY(isOk);
    }
};

int main(int argc, char **argv)
{
    const auto application = createTestApplication(argc, argv);
    SideBySideTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "e2e_side_by_side.moc"
