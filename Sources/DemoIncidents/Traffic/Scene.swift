/// A short exchange of everyday traffic; `{n}` stands for a number that differs each time.
struct Scene: Sendable {
    var service: String
    var agent: String
    var model: ServedModel
    var question: String
    var tool: String
    /// JSON text.
    var arguments: String
    var result: String
    var answer: String
}

extension Scene {
    /// Everyday traffic in several languages and scripts.
    static let all: [Scene] = [
        Scene(
            service: "travel-desk", agent: "concierge", model: .gpt4oMini,
            question: "请帮我查一下订单 {n} 的航班有没有延误。", tool: "flight_status", arguments: #"{"booking":"{n}"}"#,
            result: #"{"flight":"MU 583","status":"on time","gate":"D 71"}"#,
            answer: "您的航班 MU 583 准点,登机口是 D71。请在起飞前 45 分钟到达登机口。祝您旅途愉快!✈️"),
        Scene(
            service: "clinic-intake", agent: "reception", model: .gpt4o,
            question: "هل يمكنني تغيير موعدي رقم {n} إلى يوم الخميس؟", tool: "move_appointment",
            arguments: #"{"id":"{n}","day":"thu"}"#, result: #"{"moved":true,"at":"2026-11-26T10:40"}"#,
            answer: "نعم، تم نقل موعدك إلى يوم الخميس الساعة 10:40 صباحًا. يرجى إحضار بطاقة التأمين."),
        Scene(
            service: "game-help", agent: "guide",
            model: ServedModel("claude-haiku-4-5", provider: "anthropic"),
            question: "レベル{n}のボスに勝てません。何かコツはありますか?", tool: "search_wiki",
            arguments: #"{"q":"boss level {n}"}"#, result: "弱点は雷属性。第二形態では盾を構えてから三回目の攻撃の後に反撃する。",
            answer: "雷属性の武器がおすすめです。第二形態では盾で三回受けてから反撃しましょう。回復薬は最低五つ持っていくと安心です。"),
        Scene(
            service: "city-portal", agent: "citizen-desk", model: .gpt4oMini,
            question: "Welche Unterlagen brauche ich für einen Anwohnerparkausweis? Vorgang {n}.", tool: "find_form",
            arguments: #"{"topic":"Anwohnerparken"}"#, result: #"{"form":"APA-3","fee":"30,70 €"}"#,
            answer:
                "Sie brauchen den Fahrzeugschein, einen Ausweis mit aktueller Adresse und das Formular APA-3. Die Gebühr "
                + "beträgt 30,70 € für ein Jahr."),
        Scene(
            service: "recipe-bot", agent: "chef", model: .llama,
            question: "What can I cook with chickpeas, spinach and half a lemon for {n} people? 🥬🍋",
            tool: "find_recipe", arguments: #"{"with":["chickpeas","spinach","lemon"]}"#,
            result: #"{"recipe":"warm chickpea salad","minutes":20}"#,
            answer:
                "A warm chickpea salad in 20 minutes 🥗: fry the chickpeas with cumin until crisp, wilt the spinach in the "
                + "same pan, and finish with lemon juice, salt and olive oil."),
        Scene(
            service: "bank-assistant", agent: "accounts", model: .gpt4o,
            question: "Почему с моего счёта списали {n} рублей?", tool: "list_transactions",
            arguments: #"{"days":7}"#, result: #"{"rows":[{"what":"Подписка на музыку","at":"2026-11-20"}]}"#,
            answer: "Это ежемесячная подписка на музыкальный сервис, списанная 20 ноября. Её можно отменить в разделе "
                + "«Подписки» до 15 декабря."),
        Scene(
            service: "travel-desk", agent: "concierge", model: .gpt4oMini,
            question: "¿El hotel de la reserva {n} acepta perros?", tool: "hotel_policy",
            arguments: #"{"booking":"{n}"}"#, result: #"{"pets":"dogs up to 15 kg","fee":"12 € per night"}"#,
            answer:
                "Sí, el hotel acepta perros de hasta 15 kg por 12 € la noche. Conviene avisar a la recepción antes de "
                + "llegar."),
        Scene(
            service: "city-portal", agent: "citizen-desk", model: .gpt4oMini,
            question: "쓰레기 수거일이 언제인가요? 우편번호는 {n}입니다.", tool: "pickup_days",
            arguments: #"{"zip":"{n}"}"#, result: #"{"days":["Tue","Fri"]}"#,
            answer: "화요일과 금요일 아침 7시에 수거합니다. 재활용품은 금요일에만 내놓아 주세요. ♻️"),
        Scene(
            service: "clinic-intake", agent: "reception", model: .gpt4o,
            question: "האם יש תור פנוי לרופא עיניים לפני ה-{n} בחודש?", tool: "free_slots",
            arguments: #"{"field":"eyes"}"#, result: #"{"slots":["2026-11-25T09:10"]}"#,
            answer: "כן, יש תור פנוי ביום רביעי בשעה 9:10 בבוקר. האם לקבוע אותו עבורך?"),
        Scene(
            service: "shop-search", agent: "stylist",
            model: ServedModel("gemini-2.5-flash", provider: "gcp.gemini"),
            question: "Je cherche un manteau imperméable taille {n}, pas noir.", tool: "search_products",
            arguments: #"{"type":"coat","waterproof":true,"not":"black"}"#,
            result: #"{"hits":3,"first":"Parka Ouessant, vert mousse, 189 €"}"#,
            answer:
                "Je vous propose la parka Ouessant en vert mousse : imperméable, capuche amovible, 189 €. Il existe aussi "
                + "deux modèles bleu nuit si vous préférez plus court."),
        Scene(
            service: "farm-advisor", agent: "agronomist", model: .gpt4o,
            question: "मेरे खेत {n} में गेहूं की पत्तियां पीली हो रही हैं। क्या करूं?", tool: "soil_report",
            arguments: #"{"field":"{n}"}"#, result: #"{"nitrogen":"low","moisture":"ok"}"#,
            answer: "मिट्टी में नाइट्रोजन कम है। इस सप्ताह प्रति एकड़ 25 किलो यूरिया दें और दस दिन बाद पत्तियों का रंग फिर देखें।"),
        Scene(
            service: "code-review", agent: "reviewer", model: .sonnet,
            question: "Review the diff of change {n}: is the cache key still unique per tenant?", tool: "read_diff",
            arguments: #"{"change":{n}}"#,
            result: "-    key = f\"{tenant}:{path}\"\n+    key = f\"{path}:{version}\"\n     return cache.get(key)\n",
            answer:
                "No. The new key drops the tenant, so two tenants with the same path and version share an entry. Put the "
                + "tenant first again and add a test with two tenants."),
        Scene(
            service: "warehouse", agent: "stock-keeper",
            model: ServedModel("mistral-large-2411", provider: "mistral_ai"),
            question: "How many pallets of article {n} are left in hall B?", tool: "count_stock",
            arguments: #"{"article":"{n}","hall":"B"}"#, result: #"{"pallets":0,"reserved":0}"#,
            answer: "There are 0 pallets left in hall B and none is reserved. Hall D has 12."),
        Scene(
            service: "museum-guide", agent: "audio-guide", model: .gpt4oMini,
            question: "Τι δείχνει ο πίνακας {n};", tool: "artwork", arguments: #"{"number":{n}}"#,
            result: #"{"title":"Harbour at dawn","year":1904}"#,
            answer:
                "Ο πίνακας δείχνει το λιμάνι την αυγή, ζωγραφισμένο το 1904. Προσέξτε το φως στα πανιά των μικρών καϊκιών."
        ),
    ]
}
