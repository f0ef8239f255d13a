// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/network/impersonationheaders.h"

#include <QTest>

class ImpersonationHeadersTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void areNoneForNobody() { QVERIFY(impersonationHeaders({}).isEmpty()); }
    void sayWhoActs();
    void haveOneValueOrMore();
};

void ImpersonationHeadersTest::sayWhoActs()
{
    Impersonation impersonation{QStringLiteral("jürgen"), QStringLiteral("7"), {QStringLiteral("ops")},
        {{QStringLiteral("example.org/Team %"), {QStringLiteral("blue"), QStringLiteral("red")}}}};
    const HeaderLines expected{{"Impersonate-User", {"j\xc3\xbcrgen"}}, {"Impersonate-Uid", {"7"}},
        {"Impersonate-Group", {"ops"}}, {"Impersonate-Extra-example.org%2FTeam%20%25", {"blue", "red"}}};
    QCOMPARE(impersonationHeaders(impersonation), expected);
    impersonation.uid.clear();
    QCOMPARE(impersonationHeaders(impersonation).size(), 3);
}

void ImpersonationHeadersTest::haveOneValueOrMore()
{
    Impersonation impersonation{QStringLiteral("eve"), {}, {QStringLiteral("a")}, {}};
    QVERIFY(haveOneValueEach(impersonationHeaders(impersonation)));
    impersonation.groups.append(QStringLiteral("b"));
    QVERIFY(!haveOneValueEach(impersonationHeaders(impersonation)));
}

QTEST_GUILESS_MAIN(ImpersonationHeadersTest)
#include "tst_impersonationheaders.moc"
