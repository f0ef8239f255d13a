// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/protection.h"

#include <QTest>

class ProtectionTest : public QObject {
    Q_OBJECT

private:
    static ArchiveMark mark()
    {
        return {
            QStringLiteral("ana@laptop"), QDateTime({2026, 3, 1}, {9, 30}, Qt::UTC), QStringLiteral("audit"), {}, {}};
    }

private Q_SLOTS:
    void nothingStandsInTheWayByDefault() { QVERIFY(Protection().access().allowed); }

    void theMarkGoesBeforeReadOnly()
    {
        Protection protection;
        protection.readOnly = Protection::ReadOnly::Cluster;
        QVERIFY(protection.access().reason.contains(QStringLiteral("read-only")));
        protection.archived = mark();
        QVERIFY(protection.access().reason.contains(QStringLiteral("ana@laptop")));
        QVERIFY(protection.access().reason.contains(QStringLiteral("\"audit\"")));
        QVERIFY(protection.readOnlyAccess().reason.contains(QStringLiteral("read-only")));
    }

    void aProgramThatIsReadOnlySaysSo()
    {
        const Protection protection{{}, Protection::ReadOnly::Program};
        QVERIFY(protection.access().reason.contains(QStringLiteral("--read-only")));
    }

    void whatAMarkDoesNotSayIsLeftOut()
    {
        QVERIFY(archivedText({}).startsWith(QStringLiteral("This cluster is archived; ")));
        ArchiveMark mark = this->mark();
        mark.since = {};
        QCOMPARE(archivedText(mark), QStringLiteral("ana@laptop archived this cluster: \"audit\"."));
        mark.by.clear();
        QCOMPARE(archivedText(mark), QStringLiteral("This cluster is archived: \"audit\"."));
    }

    void theNamespaceIsSaidWhereTheMarkIsInAnother()
    {
        ArchiveMark mark = this->mark();
        QVERIFY(!archivedText(mark).contains(QStringLiteral("namespace")));
        mark.elsewhere = QStringLiteral("team-nats");
        QVERIFY(archivedText(mark).endsWith(QStringLiteral("\"audit\". The mark is in namespace team-nats.")));
    }

    void reasonsAreKeptInOneLine()
    {
        QCOMPARE(archiveReason(QStringLiteral("  a\n\tb\u0007 ")), QStringLiteral("a b"));
        QCOMPARE(archiveReason(QString(400, u'x')).size(), 300);
    }

    void reasonsAreChecked()
    {
        QVERIFY(validateArchiveReason(QStringLiteral("audit")).isEmpty());
        QCOMPARE(validateArchiveReason(QStringLiteral(" \n")).size(), 1);
        QCOMPARE(validateArchiveReason(QString(301, u'x')).constFirst().field, QStringLiteral("reason"));
    }
};

QTEST_GUILESS_MAIN(ProtectionTest)
#include "tst_protection.moc"
