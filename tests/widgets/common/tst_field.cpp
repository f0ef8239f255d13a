// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/field.h"

#include "widgets/common/wrappinglabel.h"

#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

/// A field names its control and says what is wrong with it.
class FieldTest final : public QObject {
    Q_OBJECT

private slots:
    void namesItsControl();
    void anErrorTakesTheHintsPlace();
    void anErrorKeepsTheHintsRoom();
    void typingMovesNothing();
    void keepsTheRoomOfAnErrorWhileItIsMended();
};

namespace {

bool showsText(const Field &field, const QString &text)
{
    const QList<QLabel *> labels = field.findChildren<QLabel *>();
    return std::any_of(
        labels.begin(), labels.end(), [&](const QLabel *label) { return !label->isHidden() && label->text() == text; });
}

} // namespace

void FieldTest::namesItsControl()
{
    auto *edit = new QLineEdit;
    const Field field(QStringLiteral("&Name"), edit);
    QCOMPARE(edit->accessibleName(), QStringLiteral("Name"));
    const QList<QLabel *> labels = field.findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) { return label->buddy() == edit; }));
}

void FieldTest::anErrorTakesTheHintsPlace()
{
    auto *edit = new QLineEdit;
    Field field(QStringLiteral("Name"), edit);
    field.setHint(QStringLiteral("Letters and digits"));
    QVERIFY(showsText(field, QStringLiteral("Letters and digits")));

    field.setError(QStringLiteral("A name holds no dots."));
    QVERIFY(field.hasError());
    QVERIFY(showsText(field, QStringLiteral("A name holds no dots.")));
    QVERIFY(!showsText(field, QStringLiteral("Letters and digits")));
    QVERIFY(edit->accessibleDescription().contains(QStringLiteral("A name holds no dots.")));
    QVERIFY(edit->property("invalid").toBool());

    field.setError({});
    QVERIFY(showsText(field, QStringLiteral("Letters and digits")));
    QVERIFY(!edit->property("invalid").toBool());
    QCOMPARE(edit->accessibleDescription(), QStringLiteral("Letters and digits"));
}

void FieldTest::anErrorKeepsTheHintsRoom()
{
    Field field(QStringLiteral("Storage"), new QLineEdit);
    const QString hint = QStringLiteral("Each replica gets a volume of this size, and streams may fill most of it.");
    field.setHint(hint);
    field.show();
    const auto height = [&field] {
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        return field.heightForWidth(240);
    };
    const int before = height();
    field.setError(QStringLiteral("Too small."));
    QCOMPARE(height(), before);
    field.setError(hint + hint + hint);
    QVERIFY(height() > before);
    field.setError({});
    QCOMPARE(height(), before);
}

/// A field with the keyboard in its edit, and a place to leave it for.
struct Form final {
    Form()
    {
        auto *layout = new QVBoxLayout(&window);
        layout->addWidget(field);
        layout->addWidget(elsewhere);
        layout->addStretch(1);
        window.resize(240, 300);
        window.show();
        window.activateWindow();
        edit->setFocus();
    }

    int height()
    {
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        window.layout()->activate();
        return field->height();
    }

    QWidget window;
    QLineEdit *edit = new QLineEdit;
    Field *field = new Field(QStringLiteral("Name"), edit);
    QLineEdit *elsewhere = new QLineEdit;
    const QString longError = QStringLiteral("A name can't hold dots, because the server gives them a meaning.");
};

void FieldTest::typingMovesNothing()
{
    Form form;
    QTRY_VERIFY(form.edit->hasFocus());
    QSignalSpy left(form.field, &Field::left);
    const auto *below = form.field->findChild<WrappingLabel *>();
    const int before = form.height();
    form.field->setError(QStringLiteral("Wrong."));
    QCOMPARE(form.height(), before);
    QVERIFY(!below->isElided());
    form.field->setError(form.longError);
    QCOMPARE(form.height(), before);
    QVERIFY(below->isElided());
    QVERIFY(form.edit->accessibleDescription().contains(form.longError));
    form.elsewhere->setFocus();
    QTRY_COMPARE(left.count(), 1);
    QVERIFY(form.height() > before);
    QVERIFY(!below->isElided());
}

void FieldTest::keepsTheRoomOfAnErrorWhileItIsMended()
{
    Form form;
    QTRY_VERIFY(form.edit->hasFocus());
    const int before = form.height();
    form.field->setError(form.longError);
    form.field->showWholeError();
    const int whole = form.height();
    QVERIFY(whole > before);
    form.field->setError(QStringLiteral("Wrong."));
    QCOMPARE(form.height(), whole);
    form.field->setError({});
    QCOMPARE(form.height(), whole);
    form.elsewhere->setFocus();
    QTRY_COMPARE(form.height(), before);
}

QTEST_MAIN(FieldTest)
#include "tst_field.moc"
