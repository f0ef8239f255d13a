// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/settings/accesscard.h"

#include "services/domain/runtime.h"
#include "services/messaging/runtimeaccess.h"
#include "services/messaging/runtimeroles.h"
#include "widgets/common/copyablerow.h"
#include "widgets/common/elidinglabel.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/kubectltarget.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QTest>

namespace {

const QString nameSpace = QStringLiteral("pennant-messaging");

RuntimeAccess accessWithout(const QList<Permission> &missing)
{
    return RuntimeAccessReview(nameSpace).judged(missing, QStringLiteral("ana"));
}

RuntimeStatus ready(const QStringList &missingRoles = {}, const QString &rolesProblem = {})
{
    RuntimeStatus status;
    status.phase = RuntimePhase::Ready;
    status.nameSpace = nameSpace;
    status.missingRoles = missingRoles;
    status.rolesProblem = rolesProblem;
    return status;
}

} // namespace

class AccessCardTest final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<AccessCard> m_card;

    template <typename Widget> Widget *child(const char *name) const
    {
        return m_card->findChild<Widget *>(QLatin1String(name));
    }

private Q_SLOTS:
    void init()
    {
        m_card = std::make_unique<AccessCard>();
        m_card->show();
    }

    void namesWhatIsMissingAndCopiesIt()
    {
        m_card->setAccess(accessWithout({{QStringLiteral("get"), {}, QStringLiteral("pods"), QStringLiteral("log"),
                              nameSpace, QStringLiteral("nats-0")}}),
            ready());
        const auto *missing = child<QLabel>("missingPermissionsLabel");
        QVERIFY(missing->isVisible());
        QCOMPARE(missing->text(), QStringLiteral("Missing: get pods/log/nats-0."));
        auto *copy = child<QPushButton>("copyMissingRoleButton");
        QVERIFY(copy->isVisible());
        QVERIFY(copy->focusPolicy() & Qt::TabFocus);
        QVERIFY(!copy->accessibleName().isEmpty());
        copy->click();
        const QString role = QGuiApplication::clipboard()->text();
        QVERIFY2(role.contains(QStringLiteral("resources: [\"pods/log\"]\n  verbs: [\"get\"]")), qPrintable(role));
        QVERIFY(role.contains(QStringLiteral("name: \"ana\"")));
    }

    void offersNothingToWhoeverMayDoAll()
    {
        m_card->setAccess(accessWithout({}), ready());
        QVERIFY(!child<QLabel>("missingPermissionsLabel")->isVisible());
        QVERIFY(!child<QPushButton>("copyMissingRoleButton")->isVisible());
        QVERIFY(child<CopyableRow>("bindViewerRow")->isVisible());
        QCOMPARE(child<CopyableRow>("bindEditorRow")->value(),
            QStringLiteral("kubectl --namespace pennant-messaging create rolebinding pennant-editor-name "
                           "--role=pennant-editor --user='NAME'"));
    }

    /// What is current in the shell that it is copied to may be another cluster.
    void bindsOnTheClusterOnScreen()
    {
        m_card->setAccess(accessWithout({}), ready(), {QStringLiteral("prod"), QStringLiteral("/etc/k")});
        for (const char *row : {"bindViewerRow", "bindEditorRow"}) {
            const QString command = child<CopyableRow>(row)->value();
            QVERIFY2(command.startsWith(QStringLiteral("kubectl --kubeconfig /etc/k --context prod --namespace ")),
                qPrintable(command));
        }
    }

    void saysWhatElseHoldsChangesBack()
    {
        const auto said = [this] {
            QStringList texts;
            for (const ElidingLabel *value : child<QWidget>("accessFactList")->findChildren<ElidingLabel *>())
                texts.append(value->text());
            return texts.join(u'\n');
        };
        Protection protection;
        protection.readOnly = Protection::ReadOnly::Cluster;
        m_card->setAccess(accessWithout({}), ready(), {}, protection);
        QVERIFY2(said().contains(QStringLiteral("Yes, but Pennant is read-only here")), qPrintable(said()));
        protection = {};
        protection.archived = ArchiveMark{};
        m_card->setAccess(accessWithout({}), ready(), {}, protection);
        QVERIFY2(said().contains(QStringLiteral("Yes, once the cluster is unarchived")), qPrintable(said()));
    }

    void saysWhyTheRolesAreNotInstalled()
    {
        m_card->setAccess(accessWithout({}),
            ready({QStringLiteral("pennant-viewer"), QStringLiteral("pennant-editor")},
                QStringLiteral("You may not create roles.")));
        auto *message = child<InlineMessage>("rolesProblemMessage");
        QVERIFY(message->isVisible());
        QCOMPARE(message->detail(), QStringLiteral("You may not create roles."));
        QVERIFY(!child<CopyableRow>("bindViewerRow")->isVisible());
        message->actionButton()->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), RuntimeRoles::installText(nameSpace));
    }

    void namesTheOneThatSomebodyDeleted()
    {
        m_card->setAccess(accessWithout({}), ready({QStringLiteral("pennant-viewer")}));
        const auto *message = child<InlineMessage>("rolesProblemMessage");
        QVERIFY(message->isVisible());
        QCOMPARE(message->title(), QStringLiteral("The Role pennant-viewer is not installed"));
        QVERIFY(!child<CopyableRow>("bindViewerRow")->isVisible());
    }

    void saysNothingOfRolesWhereNothingRuns()
    {
        RuntimeStatus absent;
        absent.nameSpace = nameSpace;
        m_card->setAccess(accessWithout({}), absent);
        QVERIFY(!child<CopyableRow>("bindViewerRow")->isVisible());
        QVERIFY(!child<InlineMessage>("rolesProblemMessage")->isVisible());
    }
};

QTEST_MAIN(AccessCardTest)
#include "tst_accesscard.moc"
