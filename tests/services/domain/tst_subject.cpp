// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/subject.h"

#include <QRandomGenerator>
#include <QTest>

namespace {

// Written from the rule, not from the code under test: `*` is one token, `>` one or more at the end.
bool matches(const QStringList &pattern, const QStringList &literal)
{
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == QLatin1String(">"))
            return literal.size() > i;
        if (i >= literal.size() || (pattern[i] != QLatin1String("*") && pattern[i] != literal[i]))
            return false;
    }
    return pattern.size() == literal.size();
}

// Every literal of one to `most` tokens out of a, b, c.
QList<QStringList> allLiterals(int most)
{
    QList<QStringList> literals;
    QList<QStringList> ofLastLength{QStringList()};
    for (int length = 1; length <= most; ++length) {
        QList<QStringList> longer;
        for (const QStringList &shorter : ofLastLength) {
            for (const QString &token : {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")})
                longer.append(shorter + QStringList{token});
        }
        literals += longer;
        ofLastLength = longer;
    }
    return literals;
}

// Out of a and b only, so that c is a token that nobody names: five tokens tell any two such patterns apart.
QString randomPattern(QRandomGenerator &random)
{
    QStringList tokens;
    const int length = random.bounded(1, 5);
    for (int i = 0; i < length; ++i) {
        const int kind = random.bounded(4);
        tokens.append(kind == 0 ? QStringLiteral("a") : kind == 1 ? QStringLiteral("b") : QStringLiteral("*"));
        if (kind == 3 && i == length - 1)
            tokens.last() = QStringLiteral(">");
    }
    return tokens.join(QLatin1Char('.'));
}

} // namespace

class SubjectTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void judgesSubjects_data();
    void judgesSubjects();
    void advisesWhatWasMeant();
    void judgesNames_data();
    void judgesNames();
    void agreesWithTryingEverything();
    void splits();
    void givesExamples();
};

void SubjectTest::judgesSubjects_data()
{
    QTest::addColumn<QString>("subject");
    QTest::addColumn<bool>("isGood");
    for (const char *good : {"orders", "orders.>", "orders.*.paid", "*", ">", "a.*.>", "$JS.EVENT", "a-b_c/d=e"})
        QTest::addRow("%s", good) << QString::fromUtf8(good) << true;
    for (const char *bad : {"", ".", "a.", ".a", "a..b", ">.a", "a.>.b", "a b", "a\tb", "a\n", "a*", "b.>c", "**"})
        QTest::addRow("not '%s'", bad) << QString::fromUtf8(bad) << false;
    QTest::addRow("letters of other scripts") << QStringLiteral("bestellung.größe") << true;
    QTest::addRow("a zero byte") << QString(QChar(0)) << false;
    QTest::addRow("a blank of another kind") << QString(QChar(0x00a0)) << false;
}

void SubjectTest::judgesSubjects()
{
    QFETCH(QString, subject);
    QFETCH(bool, isGood);
    QCOMPARE(subjectProblem(subject).isEmpty(), isGood);
}

void SubjectTest::advisesWhatWasMeant()
{
    for (const auto &[wrong, meant] :
        {std::pair("foo>", "foo.>"), std::pair("foo*", "foo.*"), std::pair("a*b", "a.*.b"), std::pair("**", "*.*")}) {
        const QString problem = subjectProblem(QLatin1String(wrong));
        QVERIFY2(problem.contains(QStringLiteral("write \"%1\"").arg(QLatin1String(meant))), qPrintable(problem));
    }
}

void SubjectTest::judgesNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isGood");
    QTest::addRow("plain") << QStringLiteral("ORDERS_new-1") << true;
    QTest::addRow("other scripts") << QStringLiteral("größe") << true;
    QTest::addRow("255 bytes") << QString(255, QLatin1Char('x')) << true;
    QTest::addRow("256 bytes") << QString(256, QLatin1Char('x')) << false;
    QTest::addRow("256 bytes in 128 letters") << QString(128, QChar(0xe9)) << false;
    for (const char *bad : {"", "a.b", "a*", ">", "a/b", "a\\b", "a b", "a\tb", "a\x01"})
        QTest::addRow("not '%s'", bad) << QString::fromUtf8(bad) << false;
}

void SubjectTest::judgesNames()
{
    QFETCH(QString, name);
    QFETCH(bool, isGood);
    QCOMPARE(assetNameProblem(name).isEmpty(), isGood);
}

void SubjectTest::agreesWithTryingEverything()
{
    const QList<QStringList> literals = allLiterals(5);
    QRandomGenerator random(20260101);
    for (int round = 0; round < 400; ++round) {
        const QString first = randomPattern(random);
        const QString second = randomPattern(random);
        const QStringList firstTokens = first.split(QLatin1Char('.'));
        const QStringList secondTokens = second.split(QLatin1Char('.'));
        bool overlap = false;
        bool contains = true;
        for (const QStringList &literal : literals) {
            const bool inFirst = matches(firstTokens, literal);
            const bool inSecond = matches(secondTokens, literal);
            overlap = overlap || (inFirst && inSecond);
            contains = contains && (inFirst || !inSecond);
        }
        const QByteArray pair = (first + QLatin1String(" and ") + second).toUtf8();
        QVERIFY2(subjectsOverlap(first, second) == overlap, pair.constData());
        QVERIFY2(subjectsOverlap(second, first) == overlap, pair.constData());
        QVERIFY2(subjectContains(first, second) == contains, pair.constData());
        QVERIFY2(subjectContains(first, first), pair.constData());
        QVERIFY2(matches(firstTokens, exampleOf(first).split(QLatin1Char('.'))), pair.constData());
    }
}

void SubjectTest::splits()
{
    QCOMPARE(splitSubjects(QStringLiteral(" orders.> ,billing.*,, ")),
        (QStringList{QStringLiteral("orders.>"), QStringLiteral("billing.*")}));
    QVERIFY(splitSubjects(QString()).isEmpty());
}

void SubjectTest::givesExamples()
{
    QCOMPARE(exampleOf(QStringLiteral("orders.*.paid")), QStringLiteral("orders.x.paid"));
    QCOMPARE(exampleOf(QStringLiteral("orders.>")), QStringLiteral("orders.x"));
    QCOMPARE(exampleOf(QStringLiteral("orders")), QStringLiteral("orders"));
}

QTEST_GUILESS_MAIN(SubjectTest)
#include "tst_subject.moc"
