// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandline.h"
#include "app/identity.h"

#include <QTest>

namespace {

Result<CommandLine> parse(const QStringList &arguments)
{
    return CommandLine::parse(QStringList{u"pennant"_qs} + arguments);
}

} // namespace

class TestCommandLine final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wantsNothingByDefault();
    void readsEverything();
    void takesSeveralKubeconfigs();
    void canBeReadOnly();
    void answersVersionAndHelp();
    void refuses_data();
    void refuses();
};

void TestCommandLine::canBeReadOnly()
{
    QVERIFY(!parse({})->isReadOnly);
    QVERIFY(parse({u"--read-only"_qs})->isReadOnly);
}

void TestCommandLine::wantsNothingByDefault()
{
    const Result<CommandLine> line = parse({});
    QVERIFY(line.has_value());
    QVERIFY(line->kubeconfigFiles.isEmpty());
    QVERIFY(line->context.isEmpty());
    QVERIFY(!line->tab);
    QVERIFY(!line->scheme);
    QVERIFY(line->answer.isEmpty());
    QVERIFY(line->nameSpace.isEmpty());
}

void TestCommandLine::readsEverything()
{
    const Result<CommandLine> line = parse(
        {u"--context"_qs, u"prod"_qs, u"--tab=Logs"_qs, u"--namespace"_qs, u"try-1"_qs, u"--scheme"_qs, u"dark"_qs});
    QVERIFY(line.has_value());
    QCOMPARE(line->context, u"prod"_qs);
    QCOMPARE(line->tab, Tab::Logs);
    QCOMPARE(line->nameSpace, u"try-1"_qs);
    QCOMPARE(line->scheme, Look::Scheme::Dark);
}

void TestCommandLine::takesSeveralKubeconfigs()
{
    const Result<CommandLine> line = parse({u"--kubeconfig"_qs, u"a"_qs, u"--kubeconfig=b"_qs});
    QVERIFY(line.has_value());
    QCOMPARE(line->kubeconfigFiles, QStringList({u"a"_qs, u"b"_qs}));
}

void TestCommandLine::answersVersionAndHelp()
{
    QCOMPARE(parse({u"--version"_qs})->answer, QStringLiteral(PENNANT_DISPLAY_NAME " " PENNANT_VERSION "\n"));
    QVERIFY(parse({u"--help"_qs})->answer.contains(u"--kubeconfig"_qs));
}

void TestCommandLine::refuses_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("named");
    QTest::newRow("unknown option") << QStringList{u"--frobnicate"_qs} << u"frobnicate"_qs;
    QTest::newRow("unknown tab") << QStringList{u"--tab=nowhere"_qs} << u"nowhere"_qs;
    QTest::newRow("unknown scheme") << QStringList{u"--scheme=pink"_qs} << u"pink"_qs;
    QTest::newRow("namespace that can't be") << QStringList{u"--namespace=A_b"_qs} << u"A_b"_qs;
    QTest::newRow("empty namespace") << QStringList{u"--namespace="_qs} << u"\"\""_qs;
    QTest::newRow("something else") << QStringList{u"prod"_qs} << u"prod"_qs;
}

void TestCommandLine::refuses()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, named);
    const Result<CommandLine> line = parse(arguments);
    QVERIFY(!line.has_value());
    QVERIFY2(line.error().summary.contains(named), qPrintable(line.error().summary));
}

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_commandline.moc"
