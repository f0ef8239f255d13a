// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/copyablerow.h"

#include <QLabel>
#include <QLineEdit>
#include <QTest>

/// What has no room says that it is cut.
class CopyableRowTest final : public QObject {
    Q_OBJECT

private slots:
    void marksAValueThatIsCut();
    void cutsALabelInItsMiddle();

private:
    static QWidget *ellipsis(const CopyableRow &row)
    {
        return row.findChild<QWidget *>(QStringLiteral("valueEllipsis"));
    }
};

void CopyableRowTest::marksAValueThatIsCut()
{
    CopyableRow row(QStringLiteral("subjects"), QStringLiteral("orders.europe.central.production.>"));
    row.resize(240, row.height());
    row.show();
    QVERIFY(QTest::qWaitForWindowActive(&row));
    auto *value = row.findChild<QLineEdit *>(QStringLiteral("valueEdit"));
    value->clearFocus();
    QVERIFY(ellipsis(row)->isVisible());
    QCOMPARE(ellipsis(row)->geometry().right(), value->rect().right());
    value->setFocus(); // where a person goes through the text
    QVERIFY(!ellipsis(row)->isVisible());
    value->clearFocus();
    QVERIFY(ellipsis(row)->isVisible());
    row.resize(900, row.height());
    QTRY_VERIFY(!ellipsis(row)->isVisible());
    row.resize(240, row.height());
    row.setValue(QStringLiteral("a.>"));
    QTRY_VERIFY(!ellipsis(row)->isVisible());
    QCOMPARE(row.value(), QStringLiteral("a.>"));
}

void CopyableRowTest::cutsALabelInItsMiddle()
{
    const QString name = QStringLiteral("metadata.pennant.app/linked-application-name");
    const CopyableRow row(name, QStringLiteral("deployment/shop"));
    const auto labels = row.findChildren<QLabel *>();
    const auto shown = std::find_if(labels.cbegin(), labels.cend(), [](const QLabel *each) { return each->buddy(); });
    QVERIFY(shown != labels.cend());
    QVERIFY((*shown)->text().contains(QChar(0x2026)));
    QVERIFY((*shown)->text().endsWith(QStringLiteral("name")));
    QCOMPARE((*shown)->toolTip(), name);
}

QTEST_MAIN(CopyableRowTest)
#include "tst_copyablerow.moc"
